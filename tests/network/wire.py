# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks inside one process: namespaces, and between each device and the server a wire that can be slow, lose what it
carries, and be cut at a moment that a test names.

The frames of a wire pass through this program, so that it knows what is on its way: no qdisc can cut between the commit
of a server and its answer. Delay and loss come from the kernel (tc netem) where it has that, else from here."""

import array
import fcntl
import heapq
import os
import random
import select
import socket
import struct
import subprocess
import threading
import time

PASS, DROP, RESET = "pass", "drop", "reset"

SIOCETHTOOL = 0x8946
OFFLOADS = (0x17, 0x1F, 0x24, 0x2C)  # sums, TSO, GSO, GRO: frames are to pass here as they would a cable
PACKET_OUTGOING = 4


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True, timeout=20)


def within(namespace):
    """What to put before a command so that it runs in the namespace."""
    return ["nsenter", f"--net=/run/netns/{namespace}"]


def connect_within(namespace, address, timeout=20):
    """A TCP connection out of a namespace; a thread of its own enters it, so that this program stays where it is."""
    found = []

    def enter():
        with open(f"/run/netns/{namespace}", "rb") as handle:
            os.setns(handle.fileno(), os.CLONE_NEWNET)
        try:
            found.append(socket.create_connection(address, timeout))
        except OSError as error:
            found.append(error)

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    if isinstance(found[0], OSError):
        raise found[0]
    return found[0]


def switch_offloads_off(name):
    with socket.socket() as any_socket:
        for command in OFFLOADS:
            value = array.array("B", struct.pack("II", command, 0))
            fcntl.ioctl(any_socket, SIOCETHTOOL, struct.pack("16sP", name.encode(), value.buffer_info()[0]))


def sum_up(data):
    """The checksum of the internet, RFC 1071."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Segment:
    """The TCP segment in an Ethernet frame; None from read() if it holds none."""

    @classmethod
    def read(cls, frame):
        if len(frame) < 54 or frame[12:14] != b"\x08\x00" or frame[23] != socket.IPPROTO_TCP:
            return None
        self = cls()
        self.macs, addresses = frame[:12], 14 + (frame[14] & 15) * 4
        self.source, self.target = frame[26:30], frame[30:34]
        self.ports = struct.unpack("!HH", frame[addresses:addresses + 4])
        self.sequence, self.acknowledged, offset = struct.unpack("!IIB", frame[addresses + 4:addresses + 13])
        end = 14 + struct.unpack("!H", frame[16:18])[0]
        self.payload = bytes(frame[addresses + (offset >> 4) * 4:end])
        return self

    def reset(self, backwards):
        """The frame that ends the connection for the one who was to get this segment, or for the one who sent it."""
        macs, source, target, ports = self.macs, self.source, self.target, self.ports
        sequence, acknowledged = self.sequence, self.acknowledged
        if backwards:
            macs, source, target, ports = macs[6:] + macs[:6], target, source, ports[::-1]
            sequence, acknowledged = acknowledged, (sequence + len(self.payload)) & 0xFFFFFFFF
        tcp = struct.pack("!HHIIBBHHH", *ports, sequence, acknowledged, 5 << 4, 0x14, 0, 0, 0)
        pseudo = source + target + struct.pack("!BBH", 0, socket.IPPROTO_TCP, len(tcp))
        tcp = tcp[:16] + struct.pack("!H", sum_up(pseudo + tcp)) + tcp[18:]
        head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0x4000, 64, socket.IPPROTO_TCP, 0) + source + target
        head = head[:10] + struct.pack("!H", sum_up(head)) + head[12:]
        return macs + b"\x08\x00" + head + tcp


class Wire(threading.Thread):
    """Between the namespace of a device and that of the server; `rule` is asked about each segment with content: called
    with (goes up to the server, content), it says PASS, DROP, or RESET: drop it and end the connection on both sides."""

    def __init__(self, device, server, number, seed):
        super().__init__(daemon=True)
        self.device_address, self.server_address = f"10.77.{number}.2", f"10.77.{number}.1"
        self.rule = None
        self.silent = False  # nothing passes, and nobody is told
        self.delay = self.loss = 0.0
        self.chance = random.Random(seed)
        self.carried = [0, 0]  # bytes: down, up
        self.lost = 0
        self.ends = [self.plug(device, f"{device}-up", f"{device}-left", self.device_address),
                     self.plug(server, f"{device}-down", f"{device}-right", self.server_address)]
        self.names = [f"{device}-left", f"{device}-right"]
        self.waking, self.wake = os.pipe()
        self.start()

    @staticmethod
    def plug(namespace, inside, outside, address):
        ip("link", "add", "name", inside, "type", "veth", "peer", "name", outside)
        for name in (inside, outside):
            switch_offloads_off(name)
        ip("link", "set", inside, "netns", namespace)
        ip("-n", namespace, "address", "add", address + "/24", "dev", inside)
        ip("-n", namespace, "link", "set", inside, "up")
        ip("link", "set", outside, "up")
        end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        end.bind((outside, 0))
        return end

    def be_bad(self, delay, loss):
        """Seconds and a share of one, each way. Returns who sees to it."""
        netem = ["netem", "delay", f"{delay * 1000:.0f}ms", "loss", f"{loss * 100:.1f}%"]
        done = [subprocess.run(["tc", "qdisc", "replace", "dev", name, "root", *netem], capture_output=True, timeout=20)
                for name in self.names]
        if all(one.returncode == 0 for one in done):
            return "tc netem"
        self.delay, self.loss = delay, loss
        return "the test's own wire (this kernel has no netem)"

    def judge(self, up, frame):
        """What is to be sent, as (end, frame)."""
        there, back = (1, 0) if up else (0, 1)
        segment = Segment.read(frame)
        verdict = PASS
        if self.silent or (self.loss and self.chance.random() < self.loss):
            verdict = DROP
        elif self.rule and segment and segment.payload:
            verdict = self.rule(up, segment.payload)
        if verdict == PASS:
            self.carried[up] += len(frame)
            return [(there, frame)]
        self.lost += 1
        return [(there, segment.reset(False)), (back, segment.reset(True))] if verdict == RESET else []

    def run(self):
        waiting, count = [], 0
        while True:
            until = max(0, waiting[0][0] - time.monotonic()) if waiting else None
            ready, _, _ = select.select([*self.ends, self.waking], [], [], until)
            if self.waking in ready:
                return
            for number, end in enumerate(self.ends):
                if end not in ready:
                    continue
                frame, (_, _, kind, _, _) = end.recvfrom(65536)
                if kind == PACKET_OUTGOING:
                    continue
                for target, one in self.judge(number == 0, frame):
                    count += 1
                    heapq.heappush(waiting, (time.monotonic() + self.delay, count, target, one))
            while waiting and waiting[0][0] <= time.monotonic():
                _, _, target, frame = heapq.heappop(waiting)
                try:
                    self.ends[target].send(frame)
                except OSError:
                    self.lost += 1  # a full queue, as it happens on a cable too

    def unplug(self):
        os.write(self.wake, b"x")
        self.join()
        for end in self.ends:
            end.close()
        os.close(self.waking)
        os.close(self.wake)
        for name in self.names:
            ip("link", "delete", name)
