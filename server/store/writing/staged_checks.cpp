#include "server/store/writing/staged_checks.h"

#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

using protocol::Check;
using protocol::Violation;

namespace {

/// How much is written in one transaction: about 5 ms of violations.
constexpr qsizetype mostAtOnce = 500;

/// A long one counts as several.
qsizetype costOf(const Violation& violation)
{
    constexpr qsizetype usual = 1024; // bytes
    return 1 + textSize(violation) / usual;
}

qsizetype costOf(const Check& check)
{
    qsizetype cost = 0;
    for (const Violation& violation : check.violations)
        cost += costOf(violation);
    return cost;
}

} // namespace

StagedChecks::StagedChecks(std::size_t checks)
    : m_room(std::max(mostAtOnce, qsizetype(checks)))
{
}

void StagedChecks::offer(const Check& check, const IsNeedless& isThere)
{
    const qsizetype cost = costOf(check);
    if (cost <= m_room)
        m_room -= cost;
    else
        m_checks.push_back({check, isThere, {check}});
}

std::optional<StagedChecks::Staged> StagedChecks::find(const Check& check) const
{
    const auto found = m_finished.find(check.id);
    if (found == m_finished.end() || !m_checks[found->part].check.violations.isSharedWith(check.violations))
        return std::nullopt;
    return Staged{found->ordinal, m_principles, m_checks[found->part].written};
}

/// Where it cannot be written the write itself is next: it writes what is missing, or says what is wrong.
void StagedChecks::writeNext(Transaction& transaction)
{
    Slice slice{m_place, {}, {}, {}};
    if (!write(transaction, slice)) {
        m_isGivenUp = true;
        return;
    }
    transaction.whenCommitted([self = shared_from_this(), slice = std::move(slice)] { self->note(slice); });
}

Result<void> StagedChecks::write(Transaction& transaction, Slice& slice) const
{
    Place& place = slice.place;
    if (m_isNeedless && place.part == 0 && !place.ordinal) {
        PRISM_TRY_ASSIGN(const bool needless, m_isNeedless(transaction));
        if (needless) {
            place.part = m_checks.size();
            return {};
        }
    }
    for (qsizetype room = mostAtOnce; room > 0 && place.part < m_checks.size(); --room) {
        const Large& next = m_checks[place.part];
        if (!place.ordinal) {
            const bool isAgain = m_finished.contains(next.check.id) || slice.finished.contains(next.check.id);
            PRISM_TRY_ASSIGN(const bool isThere, isNeedless(transaction, next));
            if (isAgain || isThere) {
                ++place.part;
                continue;
            }
            PRISM_TRY(begin(transaction, slice));
        }
        PRISM_TRY_ASSIGN(const qsizetype cost, writePart(transaction, slice, room));
        room -= cost;
        if (place.violations < next.check.violations.size())
            break;
        slice.finished.insert(next.check.id, {place.part, *place.ordinal});
        place = {place.part + 1, {}, 0};
    }
    return {};
}

Result<bool> StagedChecks::isNeedless(Transaction& transaction, const Large& large) const
{
    return large.isThere ? large.isThere(transaction) : transaction.checks().has(large.check.id);
}

Result<void> StagedChecks::begin(Transaction& transaction, Slice& slice) const
{
    PRISM_TRY_ASSIGN(slice.place.ordinal, transaction.checks().begin(m_checks[slice.place.part].check));
    transaction.noteInWriting(*slice.place.ordinal, weak_from_this());
    return {};
}

/// What it cost, which is a little more than there was room for at the most.
Result<qsizetype> StagedChecks::writePart(Transaction& transaction, Slice& slice, qsizetype room) const
{
    Place& place = slice.place;
    const Check& check = m_checks[place.part].check;
    qsizetype cost = 0;
    const qsizetype first = place.violations;
    for (; place.violations < check.violations.size() && cost < room; ++place.violations) {
        const Violation& violation = check.violations[place.violations];
        cost += costOf(violation);
        const QString& id = violation.principleId;
        if (!m_principles->contains(id) && !slice.principles.contains(id)) {
            PRISM_TRY_ASSIGN(const KnownPrinciple known,
                             transaction.principles().prepare(everything, id, violation.principleName));
            slice.principles.insert(id, known);
        }
    }
    Check part;
    part.project = check.project;
    part.violations = check.violations.sliced(first, place.violations - first);
    PRISM_TRY_ASSIGN(const RecognisedCheck recognised, transaction.falsePositives().recognise(part));
    PRISM_TRY(transaction.checks().addPart(*place.ordinal, recognised.check.violations, first));
    slice.recognised.push_back({place.part, first, recognised});
    return cost;
}

void StagedChecks::note(const Slice& slice)
{
    for (const Recognised& part : slice.recognised)
        note(m_checks[part.part], part);
    m_place = slice.place;
    m_finished.insert(slice.finished);
    m_principles->insert(slice.principles);
}

/// Marks may come and go between its parts: then they are of no edition, and all of it is looked at again.
void StagedChecks::note(Large& large, const Recognised& part)
{
    RecognisedCheck& written = large.written;
    const bool isSame = part.first == 0 || written.edition == part.violations.edition;
    written.edition = isSame ? part.violations.edition : noEdition;
    if (part.violations.hits.isEmpty())
        return;
    for (auto hit = part.violations.hits.cbegin(); hit != part.violations.hits.cend(); ++hit)
        written.hits[hit.key()] += hit.value();
    for (qsizetype i = 0; i < part.violations.check.violations.size(); ++i)
        written.mark(part.first + i, part.violations.check.violations[i].falsePositive);
}

} // namespace prism::store
