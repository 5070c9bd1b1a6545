"""Packs the lessons and the pins into the wheel, so that it is the whole course; all else is in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

TRAVELS = ("beginner", "intermediate", "advanced", "requirements")
"""Folders of the clone that stand outside of the packages; see curriculum/course/places.py."""

LEFT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "data", "answers", "documents", "runs")


class BuildPy(build_py):
    """Copies what travels beside the modules; an editable installation has the clone itself."""

    def run(self):
        super().run()
        if self.editable_mode:
            return
        whole = Path(self.build_lib, "curriculum", "course", "whole")
        shutil.rmtree(whole, ignore_errors=True)
        for name in TRAVELS:
            shutil.copytree(Path(__file__).parent / name, whole / name, ignore=LEFT)


setup(cmdclass={"build_py": BuildPy})
