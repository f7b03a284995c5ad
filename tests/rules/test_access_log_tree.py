"""The hash tree is RFC 6962's: the reference roots, every proof up to nine leaves, and no false proof."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdpr.tree import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The eight test leaves of Certificate Transparency's reference implementation and the roots over the first n of them.
CT_LEAVES = [
    bytes.fromhex(data)
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    bytes.fromhex(root)
    for root in (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(bytes([number])) for number in range(count)]


def test_an_empty_tree_has_the_hash_of_nothing_as_its_root() -> None:
    assert Frontier().root() == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_reference_implementation(size: int) -> None:
    assert root_of(leaf_hash(data) for data in CT_LEAVES[:size]) == CT_ROOTS[size - 1]


@pytest.mark.parametrize("size", range(1, 10))
def test_every_leaf_is_proven_in_and_nothing_else_is(size: int) -> None:
    all_leaves = leaves(size)
    root = root_of(all_leaves)
    for index, leaf in enumerate(all_leaves):
        proof = inclusion_proof(index, all_leaves)
        assert verify_inclusion(leaf, index, size, proof, root)
        assert not verify_inclusion(leaf_hash(b"another"), index, size, proof, root)
        assert not verify_inclusion(leaf, index, size, [*proof, root], root)
        assert not verify_inclusion(leaf, index, size, proof, EMPTY_ROOT)
        for other in set(range(-1, size + 1)) - {index}:
            assert not verify_inclusion(leaf, other, size, proof, root)
        for step in range(len(proof)):
            assert not verify_inclusion(leaf, index, size, proof[:step] + proof[step + 1 :], root)


@pytest.mark.parametrize("size", range(10))
def test_every_earlier_tree_is_proven_to_be_the_beginning_and_no_other_is(size: int) -> None:
    all_leaves = leaves(size)
    root = root_of(all_leaves)
    for old_size in range(size + 1):
        old_root = root_of(all_leaves[:old_size])
        proof = consistency_proof(old_size, all_leaves)
        assert verify_consistency(old_size, size, old_root, root, proof)
        assert not verify_consistency(old_size, size, leaf_hash(b"another"), root, proof)
        assert not verify_consistency(old_size, size, old_root, root, [*proof, root])
        if old_size:
            assert not verify_consistency(old_size, size, old_root, leaf_hash(b"another"), proof)
        for step in range(len(proof)):
            assert not verify_consistency(old_size, size, old_root, root, proof[:step] + proof[step + 1 :])
    assert not verify_consistency(size + 1, size, root, root, [])


def test_there_is_no_proof_of_what_is_not_there() -> None:
    with pytest.raises(IndexError):
        inclusion_proof(3, leaves(3))
    with pytest.raises(IndexError):
        consistency_proof(4, leaves(3))


@given(st.integers(1, 300), st.data())
def test_any_leaf_of_any_tree_is_proven_in_and_with_any_bit_flipped_is_not(size: int, data: st.DataObject) -> None:
    all_leaves = [leaf_hash(number.to_bytes(2, "big")) for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    root, proof, leaf = root_of(all_leaves), inclusion_proof(index, all_leaves), all_leaves[index]
    assert verify_inclusion(leaf, index, size, proof, root)
    bit = data.draw(st.integers(0, 255))
    flipped = (int.from_bytes(leaf, "big") ^ (1 << bit)).to_bytes(32, "big")
    assert not verify_inclusion(flipped, index, size, proof, root)


@given(st.integers(0, 300), st.data())
def test_a_tree_is_consistent_with_its_past_and_with_no_rewritten_past(size: int, data: st.DataObject) -> None:
    all_leaves = [leaf_hash(number.to_bytes(2, "big")) for number in range(size)]
    old_size = data.draw(st.integers(0, size))
    old_root = root_of(all_leaves[:old_size])
    assert verify_consistency(old_size, size, old_root, root_of(all_leaves), consistency_proof(old_size, all_leaves))
    if old_size:
        rewritten = list(all_leaves)
        rewritten[data.draw(st.integers(0, old_size - 1))] = leaf_hash(b"rewritten")
        proof = consistency_proof(old_size, rewritten)
        assert not verify_consistency(old_size, size, old_root, root_of(rewritten), proof)


@given(st.lists(st.binary(max_size=8), max_size=100), st.integers(0, 100))
def test_a_frontier_that_was_stored_goes_on_as_if_it_had_not_been(data: list[bytes], pause: int) -> None:
    hashes = [leaf_hash(datum) for datum in data]
    frontier = Frontier.from_bytes(Frontier(hashes[:pause]).to_bytes())
    for leaf in hashes[pause:]:
        frontier.append(leaf)
    assert (frontier.size, frontier.root()) == (len(hashes), root_of(hashes))


@pytest.mark.parametrize("stored", [b"", b"\x00" * 7, b"\x00" * 8 + b"x", (3).to_bytes(8, "big") + b"x" * 32])
def test_bytes_that_are_no_frontier_are_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="frontier"):
        Frontier.from_bytes(stored)
