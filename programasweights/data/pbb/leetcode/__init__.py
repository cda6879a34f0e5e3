"""Problems with Python solutions, read from a folder that the user names, executed in the sandbox."""

from programasweights.data.pbb.leetcode.domain import LeetcodeDomain

__all__ = ["LeetcodeDomain"]
