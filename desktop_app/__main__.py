"""Opens the window, or runs one command when words are given after the program's name.

Each side is imported only when it is wanted: the command line needs no Qt, the window no argument parser.
"""

import sys


def main() -> int:
    """Run the program with the arguments of the process; the number is its exit status."""
    arguments = sys.argv[1:]
    if arguments:
        from desktop_app import cli, core_dumps

        core_dumps.forbid()
        return cli.main(arguments)
    from desktop_app.ui import start

    status: int = start.main()
    return status


if __name__ == "__main__":
    sys.exit(main())
