#include "server/reports/findings.h"

#include "shared/protocol/text.h"

#include <algorithm>
#include <iterator>

namespace prism::reports {

using protocol::Severity;
using protocol::Violation;

namespace {

constexpr qsizetype idLength = 300;
constexpr qsizetype nameLength = 200;
constexpr qsizetype fileLength = 1000;
constexpr qsizetype urlLength = 2000;
constexpr qsizetype fingerprintLength = 300;
constexpr qsizetype gateLength = 200;

std::size_t kindOf(const Violation& violation)
{
    constexpr std::size_t falsePositives = 3;
    if (violation.falsePositive)
        return falsePositives;
    return violation.severity == Severity::Block ? 0 : violation.severity == Severity::Warning ? 1 : 2;
}

} // namespace

void Findings::add(Violation violation)
{
    const qint64 place = m_counts.all();
    m_counts.add(violation);
    if (!wouldKeep(violation))
        return;
    if (m_keptCount == protocol::mostViolations) {
        m_kept[leastKept()].pop_back();
        --m_keptCount;
    }
    violation.principleId = cut(violation.principleId, idLength);
    if (protocol::isBlank(violation.principleId))
        violation.principleId = m_fallbackId;
    violation.principleName = cut(violation.principleName, nameLength);
    violation.message = cut(violation.message, messageLength);
    violation.file = cut(violation.file, fileLength);
    violation.url = cut(violation.url, urlLength);
    violation.fingerprint = cut(violation.fingerprint, fingerprintLength);
    std::vector<Found>& kept = m_kept[kindOf(violation)];
    kept.push_back({place, std::move(violation)});
    ++m_keptCount;
}

bool Findings::wouldKeep(const Violation& violation) const
{
    return m_keptCount < protocol::mostViolations || kindOf(violation) < leastKept();
}

void Findings::returnTo(const Mark& mark)
{
    std::vector<Found>& blocks = m_kept.front();
    m_keptCount -= qsizetype(blocks.size()) - mark.blocks;
    blocks.erase(blocks.begin() + mark.blocks, blocks.end());
    m_counts = mark.counts;
}

/// The least grave kind of which there is something.
std::size_t Findings::leastKept() const
{
    std::size_t kind = m_kept.size() - 1;
    while (kind > 0 && m_kept[kind].empty())
        --kind;
    return kind;
}

Run Findings::take(const QString& gate, std::optional<double> duration)
{
    std::vector<Found> kept;
    for (std::vector<Found>& kind : m_kept)
        std::move(kind.begin(), kind.end(), std::back_inserter(kept));
    std::sort(kept.begin(), kept.end(), [](const Found& a, const Found& b) { return a.place < b.place; });
    Run run{cut(gate, gateLength),
            protocol::statusOf(m_counts),
            protocol::possibleDuration(duration),
            m_counts,
            {}};
    for (Found& found : kept)
        run.violations.append(std::move(found.violation));
    if (const qint64 left = m_counts.all() - m_keptCount; left > 0)
        m_notes.add(QLatin1String("violations beyond the 25,000 gravest are counted and not kept"), left);
    if (m_counts.falsePositive > 0)
        m_notes.add(QLatin1String("results that were suppressed count as false positives"),
                    m_counts.falsePositive);
    return run;
}

/// A check keeps no NUL characters and no halves of surrogate pairs, which JSON can say.
QString Findings::cut(const QString& text, qsizetype length)
{
    QString kept = protocol::firstCharacters(text, length);
    if (kept.size() < text.size())
        m_notes.add(QLatin1String("texts were too long and are cut"));
    kept.remove(QChar(0));
    if (!kept.isValidUtf16())
        kept = QString::fromUtf8(kept.toUtf8());
    return protocol::cleaned(kept);
}

} // namespace prism::reports
