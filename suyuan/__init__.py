"""suyuan (溯源): from the records of many institutions to ranked, explained, provable leads."""

__version__ = "0.1.0"
