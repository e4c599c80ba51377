from architecture.addresses import address
from architecture.test_access import BACKEND, TABLE, expected


def test_mine(world, client):
    client.raise_request_exception = False
    wrong = []
    for name in sorted(n for n in TABLE["addresses"] if n.startswith("events:")):
        method, answers = expected(name)
        url = address(name, world)
        for role, status in answers.items():
            client.logout()
            if role != "anonymous":
                client.force_login(world.people[role], backend=BACKEND)
            response = getattr(client, method)(url)
            if response.streaming:
                b"".join(response.streaming_content)
            if response.status_code != status:
                wrong.append(f"{name} as {role}: {response.status_code}, not {status}")
    assert wrong == []
