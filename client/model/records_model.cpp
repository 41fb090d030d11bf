#include "client/model/records_model.h"

#include "client/model/log.h"
#include "client/net/api_client.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>

namespace prism::model {

using protocol::Record;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds fetchGap{300};    ///< least time between two fetches that events cause
constexpr milliseconds searchPause{250}; ///< after the last letter

QString wireName(RecordQuery::Order order)
{
    switch (order) {
    case RecordQuery::Order::Name:
        return QStringLiteral("name");
    case RecordQuery::Order::UpdatedAt:
        return QStringLiteral("updatedAt");
    case RecordQuery::Order::CreatedAt:
        break;
    }
    return QStringLiteral("createdAt");
}

QUrlQuery urlQuery(const RecordQuery& query)
{
    QUrlQuery url(
        {{QStringLiteral("page"), QString::number(query.page)},
         {QStringLiteral("limit"), QString::number(RecordsModel::pageSize)},
         {QStringLiteral("sortBy"), wireName(query.order)},
         {QStringLiteral("sortOrder"), query.ascending ? QStringLiteral("asc") : QStringLiteral("desc")}});
    if (query.type)
        url.addQueryItem(QStringLiteral("type"), protocol::toString(*query.type));
    if (!query.search.isEmpty()) // a plus would be read as a space
        url.addQueryItem(QStringLiteral("search"),
                         QString::fromLatin1(QUrl::toPercentEncoding(query.search)));
    return url;
}

} // namespace

RecordsModel::RecordsModel(net::ApiClient& api, const net::Options& options, QObject* parent)
    : QAbstractTableModel(parent)
    , m_api(api)
    , m_clock(options.clock)
{
    m_fetchTimer.setSingleShot(true);
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchPause);
    connect(&m_fetchTimer, &QTimer::timeout, this, &RecordsModel::fetch);
    connect(&m_searchTimer, &QTimer::timeout, this, [this] {
        RecordQuery query = m_query;
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
    RecordQuery query = m_query;
    query.type = type;
    query.page = 1;
    ask(query);
}

void RecordsModel::setOrder(RecordQuery::Order order, bool ascending)
{
    RecordQuery query = m_query;
    query.order = order;
    query.ascending = ascending;
    query.page = 1;
    ask(query);
}

void RecordsModel::setPage(int page)
{
    RecordQuery query = m_query;
    query.page = std::max(page, 1);
    ask(query);
}

void RecordsModel::ask(const RecordQuery& query)
{
    if (query == m_query)
        return;
    m_query = query;
    m_shown = false;
    m_dirty = true;
    if (m_active)
        fetch();
}

void RecordsModel::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    if (m_active && m_dirty)
        fetch();
}

void RecordsModel::refresh()
{
    m_dirty = true;
    if (m_active)
        fetch();
}

void RecordsModel::noteEvents(const QList<protocol::Event>& events)
{
    for (const protocol::Event& event : events) {
        if (event.type == protocol::event_type::recordDeleted) {
            const QString id = event.data.value(QLatin1String("id")).toString();
            noteRemoved(id);
            emit removedElsewhere(id);
        } else if (event.type == protocol::event_type::recordCreated ||
                   event.type == protocol::event_type::recordUpdated) {
            const auto record =
                protocol::recordFromJson(event.data.value(QLatin1String("record")).toObject());
            if (!record)
                continue;
            noteStored(*record);
            emit storedElsewhere(*record);
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
    if (m_inFlight)
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
    if (!m_active || m_inFlight || m_fetchTimer.isActive())
        return; // the answer under way schedules the next one if it has to
    const milliseconds sinceLast = m_lastFetch ? m_clock.elapsed() - *m_lastFetch : fetchGap;
    m_fetchTimer.start(std::clamp(fetchGap - sinceLast, milliseconds(0), fetchGap));
}

void RecordsModel::fetch()
{
    m_fetchTimer.stop();
    m_dirty = false;
    m_inFlight = true;
    m_removed.clear();
    const milliseconds asked = m_clock.elapsed();
    m_lastFetch = asked;
    const int request = ++m_request;
    m_api.get(QStringLiteral("/api/v1/analytics/records"), urlQuery(m_query), {}, this,
              [this, asked, request](const auto& answer) {
                  if (request == m_request)
                      onAnswer(asked, answer);
              });
    emit changed();
}

void RecordsModel::onAnswer(milliseconds asked, const protocol::Result<net::Answer>& answer)
{
    m_inFlight = false;
    if (!answer) {
        qCInfo(modelLog) << "records:" << answer.error().message;
        m_lastError = answer.error();
        m_dirty = true;
        emit changed();
        return;
    }
    QList<Record> records;
    const QJsonArray list = answer->data.toArray();
    for (const auto& json : list) {
        const auto record = protocol::recordFromJson(json.toObject());
        if (record && !m_removed.contains(record->id))
            records.append(*record);
    }
    const protocol::Pagination place = answer->pagination.value_or(protocol::Pagination());
    m_lastError.reset();
    m_confirmed = asked;
    m_total = place.total;
    m_hasNext = !place.nextCursor.isEmpty();
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
