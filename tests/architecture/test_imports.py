"""What the import contracts of pyproject.toml (checked by `make check`) cannot say."""

from tests.architecture.sources import imported, modules


def test_connected_systems_do_not_know_each_other():
    for path, text in modules():
        if path.startswith("connectors/systems/") and path.count("/") > 2:
            own = ".".join(path.split("/")[:3])
            others = {name for name in imported(text) if name.startswith("connectors.systems.")}
            assert all(name == own or name.startswith(f"{own}.") for name in others), path


def test_the_product_never_imports_its_tests():
    for path, text in modules():
        assert not any(name == "tests" or name.startswith("tests.") for name in imported(text)), path
