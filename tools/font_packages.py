"""The source packages of the bundled faces: fetched by name, refused when a checksum differs, and read.

This module knows where outlines, character lists and licences lie in the packages; it opens no font.
"""

import hashlib
import io
import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import NamedTuple


class Package(NamedTuple):
    """A source package: the client that fetches it, the file that client leaves, and its checksum."""

    client: str
    name: str
    version: str
    file: str
    sha256: str


NOTO_SERIF = Package(
    "npm",
    "@expo-google-fonts/noto-serif-sc",
    "0.4.3",
    "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
)
NOTO_SANS = Package(
    "npm",
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)
WENKAI = Package(
    "apt-get",
    "fonts-lxgw-wenkai",
    "1.250+repack-1",
    "fonts-lxgw-wenkai_1.250+repack-1_all.deb",
    "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
)
HANAZONO = Package(
    "apt-get",
    "fonts-hanazono",
    "20170904-2.1",
    "fonts-hanazono_20170904-2.1_all.deb",
    "a6943366b4f5a6cec34221f8b4eb22555a628f0ee6ef4e3d3401cabe9363aeae",
)
UNICODE = Package(
    "apt-get",
    "unicode-data",
    "15.0.0-1",
    "unicode-data_15.0.0-1_all.deb",
    "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
)


class Source(NamedTuple):
    """One bundled face: where its outlines come from and what it is called."""

    face: str
    file: str
    family: str
    style: str
    package: Package
    member: str
    licence: str


# Song comes first and Rare last: the faces between are kept within Song, Rare takes what Song lacks.
SOURCES = (
    Source(
        "song",
        "FormSong-Regular.ttf",
        "Form Song",
        "Regular",
        NOTO_SERIF,
        "package/400Regular/NotoSerifSC_400Regular.ttf",
        "Noto-Serif-SC-OFL.txt",
    ),
    Source(
        "song_bold",
        "FormSong-Bold.ttf",
        "Form Song",
        "Bold",
        NOTO_SERIF,
        "package/700Bold/NotoSerifSC_700Bold.ttf",
        "Noto-Serif-SC-OFL.txt",
    ),
    Source(
        "hei",
        "FormHei-Regular.ttf",
        "Form Hei",
        "Regular",
        NOTO_SANS,
        "package/400Regular/NotoSansSC_400Regular.ttf",
        "Noto-Sans-SC-OFL.txt",
    ),
    Source(
        "kai",
        "FormKai-Regular.ttf",
        "Form Kai",
        "Regular",
        WENKAI,
        "./usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        "LXGW-WenKai-OFL.txt",
    ),
    Source(
        "rare",
        "FormRare-Regular.ttf",
        "Form Rare",
        "Regular",
        HANAZONO,
        "./usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
        "Hanazono.txt",
    ),
)


def fetch(package: Package, folder: Path) -> Path:
    """Path of the checked package file, fetched when `folder` lacks it."""
    path = folder / package.file
    if not path.exists():
        if shutil.which(package.client) is None:
            raise SystemExit(f"{package.client} is not installed: install it, then run this again.")
        command = (
            ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
            if package.client == "npm"
            else ["apt-get", "download", f"{package.name}={package.version}"]
        )
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if result.returncode or not path.exists():
            raise SystemExit(f"“{' '.join(command)}” did not leave {package.file}: {result.stderr.strip()}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != package.sha256:
        raise SystemExit(f"{path} is not the expected package (its sha256 differs): delete it.")
    return path


def member(package: Package, folder: Path, name: str) -> bytes:
    """The bytes of one file inside a package."""
    path = fetch(package, folder)
    content = path.read_bytes()
    if path.suffix == ".deb":
        if shutil.which("dpkg-deb") is None:
            raise SystemExit("dpkg-deb is not installed: run this on Debian.")
        command = ["dpkg-deb", "--fsys-tarfile", str(path)]
        content = subprocess.run(command, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        file = archive.extractfile(name)
        if file is None:
            raise SystemExit(f"{package.file} has no file {name}.")
        return file.read()


def licence_text(package: Package, packages: Path) -> str:
    """The licence of a package's fonts, with the names that it reserves."""
    if package.client == "npm":
        return member(package, packages, "package/LICENSE_FONT").decode()
    text = member(package, packages, f"./usr/share/doc/{package.name}/copyright").decode()
    if package is WENKAI:
        return 'With Reserved Font Names "霞鹜" and "LXGW".\n\n' + stanza(text, "OFL-1.1")
    return stanza(text, "Hanazono-Font-License")


def stanza(text: str, licence: str) -> str:
    """The body of one licence in a Debian copyright file, its leading blanks and dots taken away."""
    found = re.search(rf"^License: {re.escape(licence)}\n((?: .*\n)+)", text, re.MULTILINE)
    if found is None:
        raise SystemExit(f"The licence {licence} is not in the package's copyright file.")
    return re.sub(r"^ {1,2}\.?", "", found.group(1), flags=re.MULTILINE)
