"""Programmes and partnerships of Chinese health authorities as a graph one can prove."""

__version__ = "0.1.0"
