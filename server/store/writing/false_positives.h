#pragma once

#include "server/store/tables/false_positive_writer.h"
#include "shared/protocol/check.h"

#include <QHash>

#include <vector>

namespace prism::store {

/// No edition of the marks.
constexpr qint64 noEdition = 0;

/// A check as the marks have it that hold for its violations.
struct RecognisedCheck
{
    protocol::Check check;        ///< what came, where no mark holds
    QHash<qint64, qint64> hits{}; ///< how many of its violations each mark holds for, by its number
    qint64 edition = noEdition;   ///< of the marks that were asked

    /// Has the violation at this position marked, or not, and counted so.
    void mark(qsizetype position, bool falsePositive);
};

/// The findings that people said are none, by which those of the checks that arrive are recognised. What they
/// are known by is kept in memory from one group of writes to the next, so that asking costs nothing where
/// there are none of a principle; how often each is seen is written down once for the whole group. Lives on
/// the writer's thread; Transaction is who uses it.
class FalsePositives
{
public:
    explicit FalsePositives(WriteConnection& connection)
        : m_table(connection)
    {
    }

    /// Marks those of its violations that are known. They stay where they are, and the status what it is.
    Result<RecognisedCheck> recognise(const protocol::Check& check);

    /// Rises with each mark that is set or taken back.
    qint64 edition() const { return m_edition; }

    /// They were seen at the time of the check.
    void noteSightings(const RecognisedCheck& check);

    /// Remembers the violation of the project; said again, with a reason or a person, these are the newer
    /// ones. Quota, where `most` are remembered.
    Result<void> remember(const protocol::FalsePositive& marked, const protocol::Violation& violation,
                          qint64 most);

    /// Whether it was remembered.
    Result<bool> forget(const QString& project, const protocol::Violation& violation);

    /// The one with this id. NotFound, also where it is beyond the reach of who asks.
    Result<protocol::FalsePositive> forget(const QString& id, const protocol::Reach& reach);

    /// What stands here at one moment.
    struct Mark
    {
        qint64 edition = 0;
        std::size_t sightings = 0;
    };
    Mark mark() const { return {m_edition, m_sightings.size()}; }

    /// Goes back to the mark: the rows written since were undone.
    void returnTo(const Mark& mark);

    /// Writes down what was seen; to be called before the commit.
    Result<void> write();

private:
    /// The number of each mark, by what it is known by; by project and principle.
    using Keys = QHash<QByteArray, qint64>;
    using Principles = QHash<QString, Keys>;

    struct Sighting
    {
        qint64 ordinal = 0;
        qint64 times = 0;
        protocol::Timestamp at;
    };

    Result<void> load();
    std::optional<qint64> ordinalOf(const QString& project, const QString& principle,
                                    const QByteArray& key) const;
    Result<void> remove(qint64 ordinal);
    void drop();

    FalsePositiveWriter m_table;
    QHash<QString, Principles> m_projects;
    qint64 m_count = 0;
    qint64 m_next = 1; ///< no number is given twice, so that what was seen of one is not another's
    bool m_isLoaded = false;
    qint64 m_edition = noEdition + 1;
    std::vector<Sighting> m_sightings; ///< that are not written down yet
};

} // namespace prism::store
