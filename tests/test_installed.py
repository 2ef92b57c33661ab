"""The package as people install it: a wheel without the checkout, and an editable install."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytest.importorskip("setuptools", reason="building needs setuptools")
pytest.importorskip("pip", reason="building needs pip")


def run(*command: str, cwd: Path, **environment: str) -> str:
    """Standard output of a command that must succeed, outside this checkout."""
    given = {**os.environ, "PYTHONPATH": "", **environment}
    done = subprocess.run(command, cwd=cwd, env=given, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what belongs to the package, for building leaves files behind."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("kg", "ontology", "seeds"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def installed(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder of its own."""
    place = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    run(*build, "-w", str(place), ".", cwd=checkout)
    with zipfile.ZipFile(next(place.glob("*.whl"))) as wheel:
        wheel.extractall(place / "site")
    return place / "site"


def test_a_wheel_holds_every_data_file(installed: Path) -> None:
    for here, there in (("kg/data", "kg/data"), ("ontology", "kg/ontology"), ("seeds", "kg/seeds")):
        source = {f.relative_to(ROOT / here) for f in (ROOT / here).rglob("*") if f.is_file() and f.suffix != ".pyc"}
        assert source == {f.relative_to(installed / there) for f in (installed / there).rglob("*") if f.is_file()}


def test_an_installed_kg_needs_no_checkout(installed: Path, tmp_path: Path) -> None:
    text = "海宁市卫生健康局2024年工作总结\n\n一、主要工作\n市二院与浙江大学医学院附属第一医院签订合作协议。\n"
    (tmp_path / "haining.txt").write_text(text, encoding="utf-8")
    kg = [sys.executable, "-m", "kg"]
    code = "import kg, kg.files as f; print(kg.__file__, f.package_path('ontology'), f.package_path('seeds'))"
    places = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(installed)).split()
    assert all(place.startswith(str(installed)) for place in places)
    run(*kg, "build", "haining.txt", cwd=tmp_path, PYTHONPATH=str(installed))
    assert "海宁市第二人民医院" in (tmp_path / "output" / "index.html").read_text("utf-8")
    assert run(*kg, "check", cwd=tmp_path, PYTHONPATH=str(installed)) == ""
    assert "partners-of" in run(*kg, "query", "--list", cwd=tmp_path, PYTHONPATH=str(installed))


def test_an_editable_install_reads_the_checkout(checkout: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    run(*build, "--target", str(tmp_path / "site"), "-e", ".", cwd=checkout)
    place = str(tmp_path / "site")
    site = f"import site, sys; sys.path.insert(0, {place!r}); site.addsitedir({place!r})"
    code = f"{site}; import kg.files as f; print(f.package_path('seeds'))"
    # Without site, an editable kg in the environment of the tests stays out of the way.
    libraries = sysconfig.get_path("purelib")
    found = run(sys.executable, "-S", "-c", code, cwd=tmp_path, PYTHONPATH=libraries)
    assert found.strip() == str(checkout / "seeds")
