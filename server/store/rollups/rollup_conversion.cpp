#include "server/store/rollups/rollup_conversion.h"

#include "server/analytics/calendar.h"
#include "server/store/log.h"
#include "server/store/rollups/damage.h"
#include "server/store/rollups/older_rollup.h"
#include "server/store/rollups/principle_count_writer.h"
#include "server/store/rollups/rollup_writer.h"
#include "server/store/tables/fact_reader.h"
#include "server/store/tables/principle_writer.h"
#include "server/store/tables/settings_reader.h"
#include "shared/protocol/try.h"

#include <algorithm>
#include <map>

namespace prism::store {

using analytics::NumberedCount;
using analytics::PrincipleCount;
using analytics::PrincipleCounts;
using protocol::fromMillis;
using protocol::Timestamp;

namespace {

class Conversion
{
public:
    Conversion(WriteConnection& connection, Timestamp keptFrom)
        : m_connection(connection)
        , m_keptFrom(keptFrom)
        , m_rollups(connection)
        , m_counts(connection)
        , m_principles(connection)
    {
    }

    Result<void> run()
    {
        PRISM_TRY_ASSIGN(Rows rows, m_connection.select(
                                        "SELECT start, figures, content FROM older_rollups ORDER BY start"));
        while (rows.next()) {
            const Timestamp start = fromMillis(rows.integer(0));
            const auto older = OlderRollup::decode(rows.bytes(1), rows.bytes(2));
            if (!older)
                return damagedRollup(start);
            PRISM_TRY(convert(start, *older));
        }
        if (const auto error = rows.error())
            return Failure(*error);
        if (m_incomplete > 0)
            qCWarning(lcStore) << "of" << m_incomplete
                               << "quarters of an hour not all principles are known, since their checks are "
                                  "kept no longer";
        return {};
    }

private:
    Result<void> convert(Timestamp start, const OlderRollup& older)
    {
        PRISM_TRY(m_rollups.write(Grain::Quarter, start, older.rollup));
        const bool isFull = older.principles.size() >= OlderRollup::mostPrinciples;
        if (isFull && start >= m_keptFrom)
            return countAgain(start);
        m_incomplete += isFull ? 1 : 0;
        return store(start, older.principles);
    }

    Result<void> countAgain(Timestamp start)
    {
        std::map<QString, PrincipleCount> counted;
        const auto count = [&counted](const protocol::Check& check, bool) {
            for (const protocol::Violation& violation : check.violations) {
                PrincipleCount& principle = counted[violation.principleId];
                principle.id = violation.principleId;
                principle.name = std::max(principle.name, violation.principleName);
                principle.count += violation.falsePositive ? 0 : 1;
            }
            return true;
        };
        PRISM_TRY(FactReader(m_connection).checks({start, start + analytics::quarterOfAnHour}, count));
        std::vector<PrincipleCount> principles;
        for (const auto& [id, principle] : counted)
            principles.push_back(principle);
        return store(start, principles);
    }

    Result<void> store(Timestamp start, const std::vector<PrincipleCount>& principles)
    {
        PrincipleCounts counts;
        for (const PrincipleCount& principle : principles) {
            PRISM_TRY_ASSIGN(const qint64 number,
                             m_principles.number(everything, principle.id, principle.name));
            counts.push_back({number, principle.count});
        }
        std::ranges::sort(counts, {}, &NumberedCount::principle);
        return m_counts.add(Grain::Quarter, start, counts);
    }

    WriteConnection& m_connection;
    const Timestamp m_keptFrom;
    RollupWriter m_rollups;
    PrincipleCountWriter m_counts;
    PrincipleWriter m_principles;
    int m_incomplete = 0;
};

} // namespace

Result<void> convertOlderRollups(WriteConnection& connection)
{
    PRISM_TRY_ASSIGN(const Timestamp keptFrom, SettingsReader(connection).checksKeptFrom());
    return Conversion(connection, keptFrom).run();
}

} // namespace prism::store
