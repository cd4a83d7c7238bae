#!/usr/bin/env python3
"""Makes packets.txt: packets protected by the words of RFC 3711, RFC 6188 and RFC 7714, without libsrtp.

Each piece is first held to the test vectors that the RFCs print; what is written is the same pieces put together.
Needs the package `cryptography`. `./make.py > packets.txt`
"""
import hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def counter(key, start, count):
    return Cipher(algorithms.AES(key), modes.CTR(start)).encryptor().update(bytes(count))


def xor(left, right):
    return bytes(a ^ b for a, b in zip(left, right))


def derive(key, salt, label, count):
    """RFC 3711 §4.3, key derivation rate 0; RFC 7714 §11 pads its salt to 14 bytes."""
    salt = bytearray(salt.ljust(14, b"\0") + b"\0\0")
    salt[7] ^= label
    return counter(key, bytes(salt), count)


def mode(key, salt, ssrc, index):
    """RFC 3711 §4.1.1: the first counter block."""
    block = int.from_bytes(salt, "big") << 16 ^ int.from_bytes(ssrc, "big") << 64 ^ index << 16
    return block.to_bytes(16, "big")


def protect_rtp(suite, master, packet, roc=0):
    gcm, size, tag = SUITES[suite][:3]
    key, salt = master[:size], master[size:]
    head, body, seq = packet[:12], packet[12:], int.from_bytes(packet[2:4], "big")
    session = derive(key, salt, 0, size)
    if gcm:
        iv = xor(b"\0\0" + packet[8:12] + roc.to_bytes(4, "big") + packet[2:4], derive(key, salt, 2, 12))
        return head + AESGCM(session).encrypt(iv, body, head)
    stream = counter(session, mode(session, derive(key, salt, 2, 14), packet[8:12], roc << 16 | seq), len(body))
    done = head + xor(body, stream)
    return done + hmac.digest(derive(key, salt, 1, 20), done + roc.to_bytes(4, "big"), "sha1")[:tag]


def protect_rtcp(suite, master, packet, index):
    gcm, size = SUITES[suite][:2]
    key, salt = master[:size], master[size:]
    head, body, word = packet[:8], packet[8:], (1 << 31 | index).to_bytes(4, "big")
    session = derive(key, salt, 3, size)
    if gcm:
        iv = xor(b"\0\0" + packet[4:8] + b"\0\0" + index.to_bytes(4, "big"), derive(key, salt, 5, 12))
        return head + AESGCM(session).encrypt(iv, body, head + word) + word
    stream = counter(session, mode(session, derive(key, salt, 5, 14), packet[4:8], index), len(body))
    done = head + xor(body, stream) + word
    return done + hmac.digest(derive(key, salt, 4, 20), done, "sha1")[:10]


SUITES = {  # name: GCM, bytes of key, of the tag on RTP, of salt
    "AES_CM_128_HMAC_SHA1_80": (False, 16, 10, 14),
    "AES_CM_128_HMAC_SHA1_32": (False, 16, 4, 14),
    "AES_256_CM_HMAC_SHA1_80": (False, 32, 10, 14),
    "AES_256_CM_HMAC_SHA1_32": (False, 32, 4, 14),
    "AEAD_AES_128_GCM": (True, 16, 16, 12),
    "AEAD_AES_256_GCM": (True, 32, 16, 12),
}
H = bytes.fromhex


def check():
    # RFC 3711 B.2 and RFC 6188 §7.1: the key streams, with the last blocks of their segments.
    for key, first, last in [
        ("2B7E151628AED2A6ABF7158809CF4F3C", "E03EAD0935C95E80E166B16DD92B4EB4", "6A2CC3787889374FBEB4C81B17BA6C44"),
        ("57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98",
         "92bdd28a93c3f52511c677d08b5515a4", "6eb246913062a16891433e97dd01a57f"),
    ]:
        salt = H("F0F1F2F3F4F5F6F7F8F9FAFBFCFD")
        stream = counter(H(key), mode(H(key), salt, bytes(4), 0), 1044512)
        assert stream[:16] == H(first) and stream[-16:] == H(last)
    # RFC 3711 B.3 and RFC 6188 §7.2: the session keys.
    key, salt = H("E1F97A0D3E018BE0D64FA32C06DE4139"), H("0EC675AD498AFEEBB6960B3AABE6")
    assert derive(key, salt, 0, 16) == H("C61E7A93744F39EE10734AFE3FF7A087")
    assert derive(key, salt, 2, 14) == H("30CBBC08863D8C85D49DB34A9AE1")
    assert derive(key, salt, 1, 94)[:20] == H("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4")
    assert derive(key, salt, 1, 94)[-14:] == H("6B68642C59BBFC2F34DB60DBDFB2")
    key = H("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6")
    salt = H("3b04803de51ee7c96423ab5b78d2")
    assert derive(key, salt, 0, 32) == H("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4")
    assert derive(key, salt, 2, 14) == H("fa31791685ca444a9e07c6c64e93")
    # RFC 7714 §16.1.1, §16.2.1, §17.1: packets under session keys, so that only what follows derivation is tried.
    rtp, salt = H("8040f17b8041f8d35501a0b2") + b"Gallia est omnis divisa in partes tres", b"Quid pro quo"
    iv = xor(b"\0\0" + rtp[8:12] + bytes(4) + rtp[2:4], salt)
    for size, cipher in [
        (16, "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
             "899d7f27beb16a9152cf765ee4390cce"),
        (32, "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
             "7aa3db36dfffd6b0f9bb7878d7a76c13"),
    ]:
        assert AESGCM(bytes(range(size))).encrypt(iv, rtp[12:], rtp[:12]) == H(cipher)
    rtcp = H("81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61" + "deadbeef" * 5)
    iv = xor(b"\0\0" + rtcp[4:8] + b"\0\0" + (0x5D4).to_bytes(4, "big"), salt)
    assert AESGCM(bytes(range(16))).encrypt(iv, rtcp[8:], rtcp[:8] + H("800005d4")) == H(
        "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
        "c84aa45896cf4d2fc5abf87245d9eade")


def main():
    check()
    keys = {
        30: "E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6",  # RFC 3711 B.3
        46: "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6 3b04803de51ee7c96423ab5b78d2",  # RFC 6188
        28: "000102030405060708090a0b0c0d0e0f 517569642070726f2071756f",  # RFC 7714 §16
        44: "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 517569642070726f2071756f",
    }
    rtp = H("8000303900000140cafebabe") + bytes(range(160))
    rtcp = H("80c80006cafebabe" + "b44db70520000000" + "00000140" + "00000001" + "000000a0")
    print("# Made by make.py from the RFCs' words and keys. suite | master key and salt | packet | protected")
    print("# The second RTP packet of each suite has wrapped once; RTCP has the index 1.")
    for suite, (_, size, _, salt) in SUITES.items():
        master = H(keys[size + salt])
        for kind, packet, done in [
            ("rtp", rtp, protect_rtp(suite, master, rtp)),
            ("rtp wrapped", rtp, protect_rtp(suite, master, rtp, roc=1)),
            ("rtcp", rtcp, protect_rtcp(suite, master, rtcp, 1)),
        ]:
            print(suite, kind, master.hex(), packet.hex(), done.hex(), sep=" | ")


main()
