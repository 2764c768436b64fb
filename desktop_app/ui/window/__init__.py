"""The window itself: frame, navigation, menus, where it stands on its screen."""
