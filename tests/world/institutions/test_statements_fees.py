import numpy as np
import pytest

from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_fees import elsewhere, fees, price
from suyuan.world.institutions.statements_layouts import figures, institutions
from tests.world.institutions.paid_world import FIRMS, paid_world

FACES = Faces(paid_world(accounts=60, transfers=100))
BANKS = list(institutions())
FIRM, PERSON = 0, 1


def _fees(name: str, *, account: int, other: int, into: bool, fen: int) -> int:
    ways = institutions()[name].ways
    sides = {"account": np.array([account]), "other": np.array([other]), "into": np.array([into])}
    return int(fees(FACES, ways, amount=np.array([fen]), **sides)[0])


def _account(bank: str, *, firm: bool) -> int:
    """Return an account at `bank` that a firm (or a person) holds."""
    at_bank = np.flatnonzero(FACES.institution[:-1] == BANKS.index(bank))
    return int(at_bank[(at_bank % FIRMS == 0) == firm][0])


def test_cash_and_accounts_of_one_institution_are_not_elsewhere() -> None:
    one, two = _account("兰山农村商业银行", firm=True), _account("兰山农村商业银行", firm=False)
    away = _account("陇原银行", firm=False)
    found = elsewhere(FACES, np.array([one, one, one]), np.array([two, away, FACES.nobody]))
    assert found.tolist() == [False, True, False]


@pytest.mark.parametrize(("fen", "fee"), [(1_000_000, 500), (1_000_001, 1000), (100_000_001, 2000), (10**12, 20_000)])
def test_a_firm_pays_by_size_for_sending_money_elsewhere(fen: int, fee: int) -> None:
    bank, away = "兰山农村商业银行", _account("陇原银行", firm=False)
    assert _fees(bank, account=_account(bank, firm=True), other=away, into=False, fen=fen) == fee


def test_nobody_pays_for_receiving_nor_people_for_sending_nor_anybody_where_it_is_free() -> None:
    bank, away = "兰山农村商业银行", _account("陇原银行", firm=False)
    assert _fees(bank, account=_account(bank, firm=True), other=away, into=True, fen=10**6) == 0
    assert _fees(bank, account=_account(bank, firm=False), other=away, into=False, fen=10**6) == 0
    assert _fees("陇原银行", account=_account("陇原银行", firm=True), other=away + 1, into=False, fen=10**6) == 0


def test_an_owner_pays_a_wallet_for_what_he_sends_to_his_own_account() -> None:
    wallets = np.flatnonzero(FACES.institution[:-1] == BANKS.index("通达支付")).tolist()
    pairs = [
        (one, two) for one in wallets for two in range(60) if one != two and FACES.holder[one] == FACES.holder[two]
    ]
    (wallet, own), other = pairs[0], next(k for k in range(60) if FACES.holder[k] != FACES.holder[pairs[0][0]])
    assert _fees("通达支付", account=wallet, other=own, into=False, fen=100_000) == 100
    assert _fees("通达支付", account=wallet, other=own, into=False, fen=5_000) == 10
    assert _fees("通达支付", account=wallet, other=other, into=False, fen=100_000) == 0


def test_prices_rise_with_the_amount() -> None:
    paid = price(figures().fees["firms"], np.arange(1, 2 * 10**9, 10**6))
    assert (np.diff(paid) >= 0).all()
    assert (paid[0], paid[-1]) == (500, 20_000)
