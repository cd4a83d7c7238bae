"""heard.py CALL CUSTOMER AGENT: checks that the customer is heard in the left channel of a recording and the agent in the right.

All files are raw signed 16-bit little-endian at 8000 Hz; CALL has two channels. The phones play their files in a loop, so
only the first pass counts.
"""

import array
import sys


def samples(path):
    data = array.array("h")
    with open(path, "rb") as file:
        raw = file.read()
    data.frombytes(raw[: len(raw) // 2 * 2])
    return data


def envelope(data, step=160):
    return [sum(map(abs, data[i : i + step])) / step for i in range(0, len(data) - step + 1, step)]


def likeness(recorded, played):
    """The best normalized correlation of the envelopes over shifts of up to three seconds."""
    best = -1.0
    for lag in range(-150, 151):
        pairs = [(recorded[i + lag], played[i]) for i in range(len(played)) if 0 <= i + lag < len(recorded)]
        if len(pairs) < 100:
            continue
        left = sum(a * a for a, _ in pairs)
        right = sum(b * b for _, b in pairs)
        if left and right:
            best = max(best, sum(a * b for a, b in pairs) / (left * right) ** 0.5)
    return best


call, customer, agent = (samples(path) for path in sys.argv[1:4])
left, right = envelope(call[0::2]), envelope(call[1::2])
customer, agent = envelope(customer), envelope(agent)
found = {
    "customer left": likeness(left, customer),
    "agent right": likeness(right, agent),
    "customer right": likeness(right, customer),
    "agent left": likeness(left, agent),
}
print("   length %.2f s; " % (len(call) / 16000) + ", ".join("%s %.2f" % item for item in found.items()))
ok = found["customer left"] > 0.9 and found["agent right"] > 0.9
ok = ok and found["customer right"] < 0.7 and found["agent left"] < 0.7
sys.exit(0 if ok else 1)
