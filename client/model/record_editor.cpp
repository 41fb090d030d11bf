#include "client/model/record_editor.h"

#include <utility>

namespace prism::model {

using protocol::ErrorCode;
using protocol::Record;

RecordEditor::RecordEditor(net::Api& api, QObject* parent)
    : QObject(parent)
    , m_api(api)
{
}

void RecordEditor::startNew(const RecordFields& fields)
{
    m_isResumed = false;
    open({}, fields);
}

void RecordEditor::edit(const Record& record)
{
    m_isResumed = false;
    open(record, RecordFields::of(record));
}

std::optional<UnsavedRecord> RecordEditor::unsaved(const RecordFields& typed) const
{
    if (m_state == State::Closed || typed == m_begun)
        return std::nullopt;
    return UnsavedRecord{m_base, typed, m_wasRemoved};
}

void RecordEditor::resume(const UnsavedRecord& record)
{
    m_isResumed = true;
    open(record.base, record.fields, record.wasRemoved);
}

void RecordEditor::open(std::optional<Record> base, const RecordFields& fields, bool wasRemoved)
{
    m_call.cancel();
    m_base = std::move(base);
    m_fields = fields;
    m_begun = m_base ? RecordFields::of(*m_base) : m_isResumed ? RecordFields() : fields;
    m_merge.reset();
    m_error.reset();
    m_problems.clear();
    m_key.clear();
    m_wasRemoved = wasRemoved;
    m_isOutdated = false;
    m_isMerged = false;
    m_state = State::Editing;
    emit opened();
    emit changed();
}

void RecordEditor::close()
{
    m_call.cancel();
    m_merge.reset();
    m_error.reset();
    m_problems.clear();
    m_isResumed = false;
    setState(State::Closed);
}

void RecordEditor::save(const RecordFields& fields)
{
    m_fields = fields;
    m_isResumed = false; // it is known to be there
    if (!m_base)
        return send(fields.draft());
    const protocol::RecordPatch changes = fields.changesSince(RecordFields::of(*m_base));
    if (changes.isEmpty())
        return close();
    send(changes);
}

void RecordEditor::send(const Words& words)
{
    // The same words again may be the second try of a write that arrived: under its key they count once.
    if (m_key.isEmpty() || words != m_sent)
        m_key = net::Api::newKey();
    m_sent = words;
    m_error.reset();
    m_problems.clear();
    setState(State::Saving);
    const auto then = [this](const protocol::Result<Record>& answer) { onSaved(answer); };
    if (const auto* patch = std::get_if<protocol::RecordPatch>(&words))
        m_call = m_api.updateRecord(*m_base, *patch, m_key, then);
    else
        m_call = m_api.createRecord(std::get<protocol::RecordDraft>(words), m_key, then);
}

void RecordEditor::onSaved(const protocol::Result<Record>& answer)
{
    if (!answer) {
        if (answer.error().code == ErrorCode::VersionConflict && m_base)
            return fetchTheirs();
        if (answer.error().code == ErrorCode::NotFound && m_base)
            noteRemoved(m_base->id);
        return refuse(answer.error());
    }
    const Record& record = *answer;
    const bool merged = m_isMerged;
    close();
    emit saved(record, merged);
}

void RecordEditor::fetchTheirs()
{
    m_call = m_api.record(m_base->id, [this](const auto& answer) { onTheirs(answer); });
}

void RecordEditor::onTheirs(const protocol::Result<Record>& answer)
{
    if (!m_base) // deleted while the answer was on its way
        return answer ? setState(State::Editing) : refuse(answer.error());
    if (!answer) {
        if (answer.error().code == ErrorCode::NotFound)
            noteRemoved(m_base->id);
        return refuse(answer.error());
    }
    m_merge = RecordMerge(RecordFields::of(*m_base), m_fields, RecordFields::of(*answer));
    m_theirs = *answer;
    if (m_merge->hasConflicts())
        setState(State::Conflict);
    else
        saveMerged();
}

void RecordEditor::choose(RecordField field, RecordMerge::Side side)
{
    if (!m_merge)
        return;
    m_merge->choose(field, side);
    emit changed();
}

void RecordEditor::saveMerged()
{
    if (!m_merge || !m_merge->isDecided())
        return;
    m_isMerged = true;
    m_isOutdated = false;
    m_base = std::exchange(m_theirs, std::nullopt);
    m_begun = RecordFields::of(*m_base);
    const RecordFields merged = m_merge->merged();
    m_merge.reset();
    save(merged);
}

void RecordEditor::leaveConflict()
{
    if (!m_merge)
        return;
    m_merge.reset();
    m_theirs.reset();
    setState(State::Editing);
}

void RecordEditor::noteStored(const Record& record)
{
    if (m_state == State::Closed || !m_base || m_base->id != record.id || record.version <= m_base->version)
        return;
    if (m_isOutdated || m_state == State::Saving)
        return; // perhaps it is our own
    m_isOutdated = true;
    emit changed();
}

void RecordEditor::noteRemoved(const QString& id)
{
    if (m_state == State::Closed || !m_base || m_base->id != id)
        return;
    m_wasRemoved = true;
    m_isOutdated = false;
    m_base.reset();
    m_key.clear();
    emit changed();
}

void RecordEditor::refuse(const protocol::Error& error)
{
    m_error = error;
    for (const QString& detail : error.details) {
        if (const auto field = recordFieldOf(detail); field && !m_problems.contains(*field))
            m_problems.insert(*field, detail.section(QLatin1String(": "), 1));
    }
    if (error.code != ErrorCode::Unavailable)
        m_key.clear(); // it is known that nothing was written
    setState(State::Editing);
}

void RecordEditor::setState(State state)
{
    m_state = state;
    emit changed();
}

} // namespace prism::model
