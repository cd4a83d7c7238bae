#!/usr/bin/env python3
"""Makes sample.manifest.json by the words of Documentation/Protocols/Manifest.md, with json, hashlib and openssl alone.

`./make.py > sample.manifest.json`
"""
import hashlib, json, subprocess, sys, tempfile

SEED = b"\x42" * 32


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *arguments], input=data, stdout=subprocess.PIPE, check=True).stdout


# RFC 8410 §7, §4: the seed behind the head of PrivateKeyInfo; the public key is what follows the head of its own form.
key = tempfile.NamedTemporaryFile()
key.write(bytes.fromhex("302e020100300506032b657004220420") + SEED)
key.flush()
public = openssl("pkey", "-inform", "DER", "-in", key.name, "-pubout", "-outform", "DER")[12:]


def file(name, kind, data):
    return {"name": name, "type": kind, "size": len(data), "duration": 21500000,
            "sha256": hashlib.sha256(data).hexdigest()}


def run(ssrc, first, last, received, lost=0, late=0, duplicate=0):
    return {"ssrc": ssrc, "first": first, "last": last, "received": received, "lost": lost, "late": late,
            "duplicate": duplicate}


unknown = {"who": "unknown", "why": "unknown"}
manifest = {
    "version": 1,
    "recording": {"number": "18446744073709551615", "id": "01FES9JK_2026-11-25_03-00-00",
                  "callUUID": "01FES9JKSOFQLEKK3CSH5B5AES00JV1U", "startTime": "2026-11-25T03:00:00.250+0000",
                  "duration": 21500000},
    "node": {"name": "mcp-1", "publicKey": public.hex()},
    "files": [file("call-1.mp3", "audio/mp3", b"as if it were MP3"), file("call-1.wav", "audio/wav", b"as if it were WAV")],
    "streams": [
        {"dn": "7001", "channel": 0, "received": 996, "lost": 3, "late": 1, "duplicate": 2, "unreadable": 0,
         "runs": [run(0xFEEDBEEF, 65530, 66029, 498, lost=2, duplicate=2),
                  run(0xFEEDBEF0, 131072, 131571, 498, lost=1, late=1)], "runCount": 2,
         "gaps": {"spans": [{"start": 1400000, "end": 1440000}, {"start": 10600000, "end": 10640000}], "count": 2,
                  "total": 80000, "longest": 40000},
         "codecs": [{"at": 0, "name": "PCMU"}, {"at": 10020000, "name": "G722"}], "codecCount": 2,
         "sender": {"reports": 4, "packets": 5021, "bytes": 803360, "sent": 750, "accounted": 749, "left": True}},
        {"dn": '+49 89 "München"', "channel": 1, "received": 500, "lost": 0, "late": 0, "duplicate": 0,
         "unreadable": 0, "runs": [run(1, 0, 499, 500)], "runCount": 1,
         "gaps": {"spans": [], "count": 0, "total": 0, "longest": 0},
         "codecs": [{"at": 125, "name": "PCMA"}], "codecCount": 1},
    ],
    "pauses": [
        {"start": 5000000, "end": 7125000, "paused": {"who": "7001 (agent1) by Desktop", "why": "card=yes"},
         "resumed": unknown},
        {"start": 20000000, "end": 21500000, "paused": unknown},
    ],
    "cuts": [],
    "journal": {"records": 1510, "size": 302000, "sha256": "a5" * 32},
    "verdict": "complete except 4 lost packets",
}
message = tempfile.NamedTemporaryFile()
message.write(canonical(manifest))
message.flush()
signature = openssl("pkeyutl", "-sign", "-inkey", key.name, "-keyform", "DER", "-rawin", "-in", message.name)
sys.stdout.buffer.write(canonical(manifest | {"signature": signature.hex()}))
