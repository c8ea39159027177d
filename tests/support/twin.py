"""The same people once more, in another office: `twin(world)` is a world whose 王联络 works at 沙盒区人民检察院.

History built in it is history of the other office; functions that build history in a world need not know."""

from __future__ import annotations

from dataclasses import replace

from huiyin.organisations.models import Charge, CongressBody, Department, Post, Staff
from tests.support.world import World


def twin(world: World) -> World:
    """A mirror of the city procuratorate's departments, posts and bodies in the office beside it."""
    departments, posts, bodies = dict(world.departments), dict(world.posts), dict(world.bodies)
    for key, there in world.departments.items():
        if there.procuratorate_id == world.city.pk:
            departments[key] = Department.objects.create(
                procuratorate=world.other,
                name=f"沙盒{there.name}",
                short_name=there.short_name,
                position=there.position,
            )
    twins = {world.departments[key].pk: department for key, department in departments.items()}
    for key, held in world.posts.items():
        if held.procuratorate_id == world.city.pk:
            staff = Staff.objects.create(username=f"twin_{key}", name=f"旁{held.staff.name}")
            posts[key] = Post.objects.create(
                staff=staff, procuratorate=world.other, department=twins.get(held.department_id), role=held.role,
                title=held.title, office_phone=held.office_phone, from_on=held.from_on,
            )  # fmt: skip
            for charge in held.charges.all():
                Charge.objects.create(post=posts[key], department=twins[charge.department_id], from_on=charge.from_on)
    for key, body in world.bodies.items():
        bodies[key] = CongressBody.objects.create(procuratorate=world.other, kind=body.kind, name=f"沙盒区{body.name}")
    return replace(world, city=world.other, departments=departments, posts=posts, bodies=bodies)
