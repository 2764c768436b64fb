"""Adds the files of `resources/` to what is installed; everything else stands in `pyproject.toml`.

`resources/` lies beside the package and not in it, and a list of data files cannot be written as a pattern
that keeps sub-folders.
"""

from pathlib import Path

from setuptools import setup

folders = [folder for folder in (Path("resources"), *sorted(Path("resources").rglob("*"))) if folder.is_dir()]
setup(
    data_files=[
        (
            f"share/desktop-app/{folder.as_posix()}",
            [file.as_posix() for file in sorted(folder.iterdir()) if file.is_file()],
        )
        for folder in folders
    ]
)
