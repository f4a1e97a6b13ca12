# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What a program says of itself to a screen reader (AT-SPI), asked over the bus each time.

libatspi is not used: what it remembers of a program can be older than its window, and to make it forget (clear_cache)
never ends where an object that is gone has come to lie below itself. Nothing is remembered here: `look` asks the program
for everything it has, in one question, each time anew. libdbus, not GDBus: a journey asks ten thousands of times, and here
each answer comes in half the time.
"""
import dbus
import dbus.bus

ROOT = "/org/a11y/atspi/accessible/root"
ATSPI = "org.a11y.atspi."
SECONDS = 10

# AtspiRole, as far as GTK 4 uses it. Both of a button's numbers are "button".
ROLES = {2: "alert", 7: "check box", 11: "combo box", 16: "dialog", 20: "filler", 23: "frame", 27: "image",
         29: "label", 30: "layered pane", 31: "list", 32: "list item", 33: "menu", 34: "menu bar", 35: "menu item",
         37: "page tab", 38: "page tab list", 39: "panel", 40: "password text", 42: "progress bar", 43: "button",
         44: "radio button", 48: "scroll bar", 49: "scroll pane", 50: "separator", 51: "slider", 52: "spin button",
         53: "split pane", 54: "status bar", 55: "table", 56: "table cell", 57: "column header", 58: "row header",
         61: "text", 62: "toggle button", 63: "tool bar", 64: "tool tip", 65: "tree", 66: "tree table", 67: "unknown",
         68: "viewport", 69: "window", 75: "application", 79: "entry", 83: "heading", 86: "redundant object",
         88: "link", 90: "table row", 91: "tree item", 98: "list box", 99: "grouping", 103: "level bar",
         116: "static", 129: "button"}
SENSITIVE, FOCUSABLE, FOCUSED, VISIBLE = 24, 11, 12, 30  # AtspiStateType
ALL = 1 << 30  # characters: more than any text has
LABELLED_BY = 2  # AtspiRelationType
IN_WINDOW = 1  # AtspiCoordType


class Gone(Exception):
    """What was asked is not there (any more), or does not have what was asked for."""


class Desktop:
    """The programs that have told the accessibility bus of a session about themselves."""

    def __init__(self, session):
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0,
                                    SECONDS * 1000, None).unpack()[0]
        self.bus = dbus.bus.BusConnection(address)

    def program(self, pid):
        """The root of what the process `pid` says, or None while it says nothing."""
        for child in Object(self.bus, ATSPI + "Registry", ROOT).children():
            if self._pid(child.owner) == pid:
                return child
        return None

    def _pid(self, owner):
        try:
            return call(self.bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                        "GetConnectionUnixProcessID", "s", owner)
        except Gone:
            return None  # it has just ended


def call(bus, owner, path, interface, method, kinds="", *values):
    """The answer of a method: what it gives back, as plain as D-Bus has it."""
    try:
        return bus.call_blocking(owner, path, interface, method, kinds, values, timeout=SECONDS)
    except dbus.DBusException as error:
        raise Gone(error.get_dbus_message() or str(error)) from None


class Object:
    """One accessible object. Whatever is asked of one that is gone raises Gone."""

    def __init__(self, bus, owner, path):
        self.bus, self.owner, self.path = bus, owner, path

    def __eq__(self, other):
        return isinstance(other, Object) and (self.owner, self.path) == (other.owner, other.path)

    def __hash__(self):
        return hash((self.owner, self.path))

    def _call(self, interface, method, kinds="", *values):
        return call(self.bus, self.owner, self.path, interface, method, kinds, *values)

    def _on(self, path, interface, method):
        """The same of another object of the program."""
        return call(self.bus, self.owner, path, ATSPI + interface, method)

    def _get(self, interface, name):
        return self._call("org.freedesktop.DBus.Properties", "Get", "ss", ATSPI + interface, name)

    @property
    def name(self):
        return self._get("Accessible", "Name")

    @property
    def role(self):
        number = self._call(ATSPI + "Accessible", "GetRole")
        return ROLES.get(number, f"role {number}")

    def children(self):
        found = self._call(ATSPI + "Accessible", "GetChildren")
        return [Object(self.bus, owner, path) for owner, path in found if not path.endswith("/null")]

    def parent(self):
        owner, path = self._get("Accessible", "Parent")
        return Object(self.bus, owner, path) if owner == self.owner and not path.endswith("/null") else None

    def has(self, state):
        low, high = self._call(ATSPI + "Accessible", "GetState")
        return bool((high << 32 | low) >> state & 1)

    def is_labelled(self):
        return any(kind == LABELLED_BY for kind, _ in self._call(ATSPI + "Accessible", "GetRelationSet"))

    def text(self):
        """All its text; empty where it has none."""
        try:
            return self._call(ATSPI + "Text", "GetText", "ii", 0, ALL)
        except Gone:
            return ""

    def live(self):
        return self

    def words(self, depth=6):
        """Its name, its text, and those of what lies below it."""
        below = [child.words(depth - 1) for child in self.children()] if depth else []
        return " ".join(part for part in [self.name, self.text(), *below] if part)

    def press(self):
        """Its first action: what a click does."""
        done = self._call(ATSPI + "Action", "DoAction", "i", 0)
        assert done, f"{self.name} cannot be pressed"

    def can_be_pressed(self):
        try:
            return self._call(ATSPI + "Action", "GetName", "i", 0) == "click"
        except Gone:
            return False

    def write(self, text):
        assert self._call(ATSPI + "EditableText", "SetTextContents", "s", text), f"{self.name} cannot be written into"

    def set_value(self, value):
        self._call("org.freedesktop.DBus.Properties", "Set", "ssv", ATSPI + "Value", "CurrentValue",
                   dbus.Double(value, variant_level=1))

    def middle(self):
        """The point in the middle of it, in pixels of its window."""
        x, y, width, height = self._call(ATSPI + "Component", "GetExtents", "u", dbus.UInt32(IN_WINDOW))
        return x + width // 2, y + height // 2


class Seen(Object):
    """One as it was when the whole was looked at: name, role and states are of then, all else is asked now."""

    def __init__(self, bus, owner, path, item):
        super().__init__(bus, owner, path)
        _, _, (_, self.above), self.index, self.count, self.interfaces, self._name, role, _, (low, high) = item
        self._role, self._states = ROLES.get(role, f"role {role}"), high << 32 | low

    name = property(lambda self: self._name)
    role = property(lambda self: self._role)

    def has(self, state):
        return bool(self._states >> state & 1)

    def text(self):
        return super().text() if ATSPI + "Text" in self.interfaces else ""

    def live(self):
        """The same, to be asked later."""
        return Object(self.bus, self.owner, self.path)


def look(root, showing=True):
    """`root` and every object below it, in order, as they are now; hidden branches are left out.

    The program's list has the hidden pages of a stack too, and what nobody has asked for yet is not in it. So what may be
    a stack is asked which page it shows, and so is an object that says to have more or fewer below it than the list has;
    those that are new are asked one by one.
    """
    items = root._on("/org/a11y/atspi/cache", "Cache", "GetItems")
    known = {item[0][1]: Seen(root.bus, root.owner, item[0][1], item) for item in items}
    below = {}
    for seen in known.values():
        below.setdefault(seen.above, []).append(seen)
    stack = [known.get(root.path, root)]
    while stack:
        node = stack.pop()
        try:
            if showing and node.path != root.path and not node.has(VISIBLE):
                continue
            children = below.get(node.path, [])
            pages = any(child.role == "panel" for child in children)
            if not isinstance(node, Seen) or len(children) != node.count or pages:
                children = [known.get(child.path, child) for child in node.children()]
            else:
                children.sort(key=lambda seen: seen.index)
        except Gone:
            continue  # it has gone meanwhile
        yield node
        stack += reversed(children)
