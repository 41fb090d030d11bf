#pragma once

#include "client/model/record_fields.h"

namespace prism::model {

/// Two people changed one record at the same time: what each changed, field by field. A field that one side
/// alone changed is taken from that side; for one that both changed differently the person chooses. A plain
/// value.
class RecordMerge
{
public:
    enum class Side { Mine, Theirs };

    /// How a field stands.
    enum class Outcome {
        Unchanged, ///< nobody changed it, or both to the same
        Mine,      ///< I alone changed it
        Theirs,    ///< they alone changed it
        Conflict,  ///< both changed it, to different values
    };

    /// `base` is what both began with.
    RecordMerge(const RecordFields& base, const RecordFields& mine, const RecordFields& theirs);

    const RecordFields& mine() const { return m_mine; }
    const RecordFields& theirs() const { return m_theirs; }

    Outcome outcome(RecordField field) const;
    bool hasConflicts() const;

    /// Of a field in conflict; nothing before choose().
    std::optional<Side> choice(RecordField field) const;
    /// Has no effect on a field that is not in conflict.
    void choose(RecordField field, Side side);

    /// Every conflict has been decided.
    bool isDecided() const;
    /// A conflict without a decision keeps their side: nothing of theirs is lost by mistake.
    RecordFields merged() const;

private:
    RecordFields m_base;
    RecordFields m_mine;
    RecordFields m_theirs;
    std::array<std::optional<Side>, allRecordFields.size()> m_choices;
};

} // namespace prism::model
