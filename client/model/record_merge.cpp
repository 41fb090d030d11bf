#include "client/model/record_merge.h"

#include <algorithm>

namespace prism::model {

RecordMerge::RecordMerge(const RecordFields& base, const RecordFields& mine, const RecordFields& theirs)
    : m_base(base)
    , m_mine(mine)
    , m_theirs(theirs)
{
}

RecordMerge::Outcome RecordMerge::outcome(RecordField field) const
{
    const bool mine = !m_mine.isEqual(field, m_base);
    const bool theirs = !m_theirs.isEqual(field, m_base);
    if (mine && theirs)
        return m_mine.isEqual(field, m_theirs) ? Outcome::Unchanged : Outcome::Conflict;
    if (mine)
        return Outcome::Mine;
    return theirs ? Outcome::Theirs : Outcome::Unchanged;
}

bool RecordMerge::hasConflicts() const
{
    return std::ranges::any_of(allRecordFields,
                               [this](RecordField field) { return outcome(field) == Outcome::Conflict; });
}

std::optional<RecordMerge::Side> RecordMerge::choice(RecordField field) const
{
    return m_choices[std::size_t(field)];
}

void RecordMerge::choose(RecordField field, Side side)
{
    if (outcome(field) == Outcome::Conflict)
        m_choices[std::size_t(field)] = side;
}

bool RecordMerge::isDecided() const
{
    return std::ranges::all_of(allRecordFields, [this](RecordField field) {
        return outcome(field) != Outcome::Conflict || choice(field);
    });
}

RecordFields RecordMerge::merged() const
{
    RecordFields merged = m_theirs;
    for (const RecordField field : allRecordFields) {
        const Outcome how = outcome(field);
        if (how == Outcome::Mine || (how == Outcome::Conflict && choice(field) == Side::Mine))
            merged.take(field, m_mine);
    }
    return merged;
}

} // namespace prism::model
