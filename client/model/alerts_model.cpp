#include "client/model/alerts_model.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace prism::model {

namespace {

QVariant optional(const std::optional<double>& value)
{
    return value ? QVariant(*value) : QVariant();
}

} // namespace

AlertsModel::AlertsModel(QObject* parent, int capacity)
    : QAbstractListModel(parent)
    , m_capacity(capacity)
{
}

int AlertsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_alerts.size());
}

QVariant AlertsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Alert& row = alert(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case MessageRole:
        return row.message;
    case IdRole:
        return row.id;
    case KindRole:
        return QVariant::fromValue(row.kind);
    case SeverityRole:
        return QVariant::fromValue(row.severity);
    case MetricRole:
        return row.metric;
    case ValueRole:
        return optional(row.value);
    case ExpectedRole:
        return optional(row.expected);
    case TimeRole:
        return protocol::toDateTime(row.time);
    case AcknowledgedRole:
        return row.isAcknowledged();
    case AcknowledgedByRole:
        return row.acknowledgedBy;
    case AcknowledgedAtRole:
        return row.acknowledgedAt ? QVariant(protocol::toDateTime(*row.acknowledgedAt)) : QVariant();
    default:
        return {};
    }
}

QHash<int, QByteArray> AlertsModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{IdRole, "id"},
                  {KindRole, "kind"},
                  {MessageRole, "message"},
                  {SeverityRole, "severity"},
                  {MetricRole, "metric"},
                  {ValueRole, "value"},
                  {ExpectedRole, "expected"},
                  {TimeRole, "time"},
                  {AcknowledgedRole, "acknowledged"},
                  {AcknowledgedByRole, "acknowledgedBy"},
                  {AcknowledgedAtRole, "acknowledgedAt"}});
    return names;
}

int AlertsModel::unacknowledged() const
{
    return static_cast<int>(
        std::ranges::count_if(m_alerts, [](const Alert& alert) { return !alert.isAcknowledged(); }));
}

std::optional<protocol::AlertSeverity> AlertsModel::worstUnacknowledged() const
{
    std::optional<protocol::AlertSeverity> worst;
    for (const Alert& alert : m_alerts) {
        if (!alert.isAcknowledged())
            worst = std::max(worst.value_or(protocol::AlertSeverity::Low), alert.severity);
    }
    return worst;
}

void AlertsModel::add(const Alert& alert)
{
    m_doubted.remove(alert.id);
    if (const int known = rowOf(alert.id); known >= 0) {
        Alert latest = alert;
        if (!latest.isAcknowledged()) {
            latest.acknowledgedAt = m_alerts[known].acknowledgedAt;
            latest.acknowledgedBy = m_alerts[known].acknowledgedBy;
        }
        return change(known, latest);
    }
    const auto place = std::ranges::find_if(std::as_const(m_alerts),
                                            [&](const Alert& other) { return other.time <= alert.time; });
    const int row = static_cast<int>(place - m_alerts.cbegin());
    if (row >= m_capacity)
        return;
    beginInsertRows({}, row, row);
    m_alerts.insert(row, alert);
    endInsertRows();
    if (m_alerts.size() > m_capacity) {
        beginRemoveRows({}, m_capacity, m_capacity);
        m_alerts.removeLast();
        endRemoveRows();
    }
}

void AlertsModel::acknowledge(const QString& id, const QString& by, protocol::Timestamp at)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    Alert alert = m_alerts[row];
    alert.acknowledgedAt = at;
    alert.acknowledgedBy = by;
    change(row, alert);
}

void AlertsModel::merge(const QJsonArray& alerts)
{
    for (const auto& json : alerts) {
        if (const auto alert = Alert::fromJson(json.toObject()))
            add(*alert);
    }
    removeDoubted();
}

void AlertsModel::doubtAll()
{
    for (const Alert& alert : std::as_const(m_alerts))
        m_doubted.insert(alert.id);
}

QJsonArray AlertsModel::toJson() const
{
    QJsonArray list;
    for (const Alert& alert : m_alerts)
        list.append(alert.toJson());
    return list;
}

int AlertsModel::rowOf(const QString& id) const
{
    const auto found = std::ranges::find(m_alerts, id, &Alert::id);
    return found == m_alerts.end() ? -1 : static_cast<int>(found - m_alerts.begin());
}

void AlertsModel::change(int row, const Alert& alert)
{
    if (m_alerts[row] == alert)
        return;
    m_alerts[row] = alert;
    emit dataChanged(index(row), index(row));
}

void AlertsModel::removeDoubted()
{
    for (int row = rowCount() - 1; row >= 0 && !m_doubted.isEmpty(); --row) {
        if (!m_doubted.remove(m_alerts[row].id))
            continue;
        beginRemoveRows({}, row, row);
        m_alerts.removeAt(row);
        endRemoveRows();
    }
    m_doubted.clear();
}

} // namespace prism::model
