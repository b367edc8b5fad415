"""`taawon bench`: how fast the house is on this machine."""

from taawon.bench.run import main as bench

__all__ = ["bench"]
