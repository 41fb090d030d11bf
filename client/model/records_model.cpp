#include "client/model/records_model.h"

#include "client/model/log.h"
#include "shared/protocol/event_data.h"

#include <QDateTime>

#include <algorithm>

namespace prism::model {

using protocol::Record;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds fetchGap{300};    ///< least time between two fetches that events cause
constexpr milliseconds searchPause{250}; ///< after the last letter

} // namespace

RecordsModel::RecordsModel(net::Api& api, const net::Options& options, QObject* parent)
    : QAbstractTableModel(parent)
    , m_clock(options.clock)
    , m_pages(
          api, &net::Api::records, options, fetchGap,
          [this](const auto&, auto asked, const Pages::Answer& answer) { onAnswer(asked, answer); },
          [this] { onSent(); })
{
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchPause);
    connect(&m_searchTimer, &QTimer::timeout, this, [this] {
        RecordsQuestion query = m_query;
        query.search = m_wantedSearch;
        query.page = 1;
        ask(query);
    });
}

int RecordsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_records.size());
}

int RecordsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RecordsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    const Record& record = m_records[index.row()];
    switch (index.column()) {
    case NameColumn:
        return record.name;
    case DescriptionColumn:
        return record.description.value_or(QString());
    case TypeColumn:
        return QString(protocol::toString(record.type));
    case PeriodColumn:
        return record.config && record.config->period ? protocol::toString(*record.config->period)
                                                      : QString();
    case UpdatedColumn:
        return protocol::toDateTime(record.updatedAt);
    default:
        return {};
    }
}

int RecordsModel::rowOf(const QString& id) const
{
    const auto found = std::ranges::find(m_records, id, &Record::id);
    return found == m_records.end() ? -1 : int(found - m_records.begin());
}

std::optional<milliseconds> RecordsModel::age() const
{
    return m_confirmed ? std::optional(std::max(m_clock.elapsed() - *m_confirmed, milliseconds(0)))
                       : std::nullopt;
}

void RecordsModel::setSearch(const QString& text)
{
    m_wantedSearch = text.trimmed();
    m_searchTimer.start();
}

void RecordsModel::setType(std::optional<protocol::RecordType> type)
{
    RecordsQuestion query = m_query;
    query.type = type;
    query.page = 1;
    ask(query);
}

void RecordsModel::setOrder(RecordsQuestion::Order order, bool ascending)
{
    RecordsQuestion query = m_query;
    query.order = order;
    query.ascending = ascending;
    query.page = 1;
    ask(query);
}

void RecordsModel::setPage(int page)
{
    RecordsQuestion query = m_query;
    query.page = std::max(page, 1);
    ask(query);
}

void RecordsModel::ask(const RecordsQuestion& query)
{
    if (query == m_query)
        return;
    m_query = query;
    m_shown = false;
    m_dirty = true;
    if (m_active)
        m_pages.askNow(m_query);
}

void RecordsModel::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    if (m_active && m_dirty)
        m_pages.askNow(m_query);
}

void RecordsModel::refresh()
{
    m_dirty = true;
    if (m_active)
        m_pages.askNow(m_query);
}

void RecordsModel::noteEvents(const QList<protocol::Event>& events)
{
    for (const protocol::Event& event : events) {
        if (event.type == protocol::event_type::recordDeleted) {
            const auto removed = protocol::recordRemovedFromJson(event.data);
            if (!removed)
                continue;
            noteRemoved(removed->id);
            emit removedElsewhere(removed->id);
        } else if (event.type == protocol::event_type::recordCreated ||
                   event.type == protocol::event_type::recordUpdated) {
            const auto stored = protocol::recordStoredFromJson(event.data);
            if (!stored)
                continue;
            noteStored(stored->record);
            emit storedElsewhere(stored->record);
        }
    }
}

void RecordsModel::noteStored(const Record& record)
{
    const int row = rowOf(record.id);
    if (row >= 0 && m_records[row].version < record.version) {
        m_records[row] = record;
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
    m_dirty = true;
    schedule();
}

void RecordsModel::noteRemoved(const QString& id)
{
    if (m_pages.isUnderWay())
        m_removed.insert(id);
    if (const int row = rowOf(id); row >= 0) {
        beginRemoveRows({}, row, row);
        m_records.removeAt(row);
        endRemoveRows();
        if (m_total)
            m_total = std::max<qint64>(*m_total - 1, 0);
        emit changed();
    }
    m_dirty = true;
    schedule();
}

void RecordsModel::schedule()
{
    if (!m_active || m_pages.isUnderWay())
        return; // the answer under way schedules the next one if it has to
    m_pages.ask(m_query);
}

void RecordsModel::onSent()
{
    m_dirty = false;
    m_removed.clear();
    emit changed();
}

void RecordsModel::onAnswer(milliseconds asked, const Pages::Answer& answer)
{
    if (!answer) {
        qCInfo(modelLog) << "records:" << answer.error().message << answer.error().details;
        m_lastError = answer.error();
        m_dirty = true;
        emit changed();
        return;
    }
    m_lastError.reset();
    m_confirmed = asked;
    QList<Record> records = m_records;
    if (answer->value) {
        records = answer->value->records;
        records.removeIf([this](const Record& record) { return m_removed.contains(record.id); });
        m_total = answer->value->total;
        m_hasNext = answer->value->hasNext;
    }
    if (records.isEmpty() && m_query.page > 1)
        return setPage(m_query.page - 1); // its last record is gone
    m_shown = true;
    show(records);
    emit changed();
    if (m_dirty)
        schedule();
}

void RecordsModel::show(const QList<Record>& records)
{
    const auto isWanted = [&](const Record& record) {
        return std::ranges::find(records, record.id, &Record::id) != records.end();
    };
    for (int row = int(m_records.size()) - 1; row >= 0; --row) {
        if (isWanted(m_records[row]))
            continue;
        beginRemoveRows({}, row, row);
        m_records.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < records.size(); ++row)
        place(row, records[row]);
}

/// The rows above `row` are in place already.
void RecordsModel::place(int row, const Record& record)
{
    const int from = rowOf(record.id);
    if (from < 0) {
        beginInsertRows({}, row, row);
        m_records.insert(row, record);
        endInsertRows();
        return;
    }
    if (from != row) {
        beginMoveRows({}, from, from, {}, row);
        m_records.move(from, row);
        endMoveRows();
    }
    // An event may have told more than the answer knew.
    if (m_records[row] != record && m_records[row].version <= record.version) {
        m_records[row] = record;
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

} // namespace prism::model
