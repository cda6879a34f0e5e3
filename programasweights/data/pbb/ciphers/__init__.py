"""Three families of ciphers that vary Caesar, Atbash and Vigenere."""

from programasweights.data.pbb.ciphers.domain import CipherDomain, Shifts

__all__ = ["CipherDomain", "Shifts"]
