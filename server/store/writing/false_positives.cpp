#include "server/store/writing/false_positives.h"

#include "server/analytics/finding_key.h"
#include "shared/protocol/text.h"
#include "shared/protocol/try.h"

#include <algorithm>
#include <map>

namespace prism::store {

using protocol::Check;
using protocol::FalsePositive;
using protocol::Violation;

namespace {

/// Older programs stored texts as they were sent; what arrives is composed.
Violation composedOf(const Violation& violation)
{
    Violation composed = violation;
    for (QString* text : {&composed.principleId, &composed.message, &composed.file, &composed.fingerprint})
        *text = protocol::composed(*text);
    return composed;
}

} // namespace

void RecognisedCheck::mark(qsizetype position, bool falsePositive)
{
    if (check.violations.at(position).falsePositive == falsePositive)
        return;
    Violation& violation = check.violations[position];
    if (check.counts)
        check.counts->add(violation, -1);
    violation.falsePositive = falsePositive;
    if (check.counts)
        check.counts->add(violation);
}

Result<RecognisedCheck> FalsePositives::recognise(const Check& check)
{
    PRISM_TRY(load());
    RecognisedCheck recognised{check, {}, m_edition};
    const auto principles = m_projects.constFind(check.project);
    if (principles == m_projects.cend())
        return recognised;
    for (qsizetype i = 0; i < check.violations.size(); ++i) {
        const Violation& violation = check.violations[i];
        const auto keys = principles->constFind(violation.principleId);
        if (keys == principles->cend())
            continue;
        const auto known = keys->constFind(analytics::findingKey(check.project, violation));
        if (known == keys->cend())
            continue;
        ++recognised.hits[*known];
        recognised.mark(i, true);
    }
    return recognised;
}

void FalsePositives::noteSightings(const RecognisedCheck& check)
{
    for (auto hit = check.hits.cbegin(); hit != check.hits.cend(); ++hit)
        m_sightings.push_back({hit.key(), hit.value(), check.check.timestamp});
}

Result<void> FalsePositives::remember(const FalsePositive& marked, const Violation& violation, qint64 most)
{
    PRISM_TRY(load());
    FalsePositive composed = marked;
    composed.project = protocol::composed(marked.project);
    const Violation finding = composedOf(violation);
    const QByteArray key = analytics::findingKey(composed.project, finding);
    if (const std::optional<qint64> known = ordinalOf(composed.project, finding.principleId, key)) {
        if (marked.reason.isEmpty() && marked.by.isEmpty())
            return {};
        return m_table.reword(*known, marked);
    }
    if (m_count >= most)
        return Failure(
            Error{ErrorCode::Quota,
                  QStringLiteral("As many findings are remembered as false positives as this server keeps."),
                  {QStringLiteral("falsePositive: %1 are remembered, see --max-false-positives; take some "
                                  "back first")
                       .arg(m_count)}});
    composed.principleId = finding.principleId;
    composed.principleName = violation.principleName;
    composed.fingerprint = finding.fingerprint;
    composed.file = finding.file;
    constexpr qsizetype mostOfMessage = 300;
    composed.message = protocol::firstCharacters(finding.message, mostOfMessage);
    PRISM_TRY(m_table.insert(m_next, key, composed));
    m_projects[composed.project][finding.principleId].insert(key, m_next);
    ++m_next;
    ++m_count;
    ++m_edition;
    return {};
}

Result<bool> FalsePositives::forget(const QString& project, const Violation& violation)
{
    PRISM_TRY(load());
    const QString ofProject = protocol::composed(project);
    const Violation finding = composedOf(violation);
    const QByteArray key = analytics::findingKey(ofProject, finding);
    const std::optional<qint64> known = ordinalOf(ofProject, finding.principleId, key);
    if (!known)
        return false;
    PRISM_TRY(remove(*known));
    return true;
}

std::optional<qint64> FalsePositives::ordinalOf(const QString& project, const QString& principle,
                                                const QByteArray& key) const
{
    const auto principles = m_projects.constFind(project);
    if (principles == m_projects.cend())
        return std::nullopt;
    const auto keys = principles->constFind(principle);
    if (keys == principles->cend())
        return std::nullopt;
    const auto known = keys->constFind(key);
    return known == keys->cend() ? std::nullopt : std::optional(*known);
}

Result<FalsePositive> FalsePositives::forget(const QString& id, const protocol::Reach& reach)
{
    PRISM_TRY(load());
    PRISM_TRY_ASSIGN(const FalsePositive forgotten, m_table.find(id, reach));
    PRISM_TRY_ASSIGN(const std::optional<qint64> ordinal, m_table.ordinalOf(id));
    if (ordinal)
        PRISM_TRY(remove(*ordinal));
    return forgotten;
}

Result<void> FalsePositives::remove(qint64 ordinal)
{
    PRISM_TRY(m_table.remove(ordinal));
    m_projects.removeIf([ordinal](const auto& project) {
        project.value().removeIf([ordinal](const auto& principle) {
            principle.value().removeIf([ordinal](const auto& known) { return known.value() == ordinal; });
            return principle.value().isEmpty();
        });
        return project.value().isEmpty();
    });
    --m_count;
    ++m_edition;
    return {};
}

void FalsePositives::returnTo(const Mark& mark)
{
    if (mark.edition != m_edition)
        drop();
    m_sightings.resize(std::min(mark.sightings, m_sightings.size()));
}

Result<void> FalsePositives::write()
{
    const std::vector<Sighting> sightings = std::exchange(m_sightings, {});
    std::map<qint64, Sighting> sums;
    for (const Sighting& each : sightings) {
        Sighting& sum = sums.try_emplace(each.ordinal, Sighting{each.ordinal, 0, each.at}).first->second;
        sum.times += each.times;
        sum.at = std::max(sum.at, each.at);
    }
    for (const auto& [ordinal, sum] : sums)
        PRISM_TRY(m_table.addSightings(ordinal, sum.times, sum.at));
    return {};
}

Result<void> FalsePositives::load()
{
    if (m_isLoaded)
        return {};
    m_count = 0;
    m_projects.clear();
    PRISM_TRY(m_table.all([this](const FalsePositiveReader::Known& known) {
        m_projects[known.project][known.principleId].insert(known.key, known.ordinal);
        m_next = std::max(m_next, known.ordinal + 1);
        ++m_count;
    }));
    m_isLoaded = true;
    return {};
}

/// They are read again when they are asked for; what was recognised by them is another edition's.
void FalsePositives::drop()
{
    m_isLoaded = false;
    ++m_edition;
}

} // namespace prism::store
