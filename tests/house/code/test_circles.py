"""No modules of one package import each other in a circle, not even for their types."""

from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

GRAPH = grimp.build_graph("banso", exclude_type_checking_imports=False, cache_dir=None)
PACKAGES = sorted(one for one in GRAPH.modules if GRAPH.find_children(one))


def imports_between(children):
    """What each child, with all that it holds, imports of its siblings."""
    holds = {child: {child, *GRAPH.find_descendants(child)} for child in children}
    owner = {module: child for child, modules in holds.items() for module in modules}
    return {
        child: {
            owner[imported]
            for module in modules
            for imported in GRAPH.find_modules_directly_imported_by(module)
            if imported in owner
        }
        - {child}
        for child, modules in holds.items()
    }


@pytest.mark.parametrize("package", PACKAGES)
def test_what_stands_in_one_package_imports_in_no_circle(package):
    sorter = TopologicalSorter(imports_between(GRAPH.find_children(package)))

    try:
        sorter.prepare()
    except CycleError as found:
        pytest.fail(" → ".join(found.args[1]))
