"""Officers at their desks."""

from tests.support.desk import desk as desk
