#include "client/model/alerts_model.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace prism::model {

using protocol::Acknowledgement;
using protocol::Alert;

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
        return row.value;
    case ExpectedRole:
        return row.expected;
    case TimeRole:
        return protocol::toDateTime(row.timestamp);
    case AcknowledgedRole:
        return row.isAcknowledged();
    case AcknowledgedByRole:
        return row.acknowledgement ? row.acknowledgement->by : QString();
    case AcknowledgedAtRole:
        return row.acknowledgement ? QVariant(protocol::toDateTime(row.acknowledgement->at)) : QVariant();
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
        if (!latest.isAcknowledged())
            latest.acknowledgement = m_alerts[known].acknowledgement;
        return change(known, latest);
    }
    const auto place = std::ranges::find_if(
        std::as_const(m_alerts), [&](const Alert& other) { return other.timestamp <= alert.timestamp; });
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

void AlertsModel::acknowledge(const QString& id, const Acknowledgement& acknowledgement)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    Alert alert = m_alerts[row];
    alert.acknowledgement = acknowledgement;
    change(row, alert);
}

void AlertsModel::merge(const QList<Alert>& alerts)
{
    for (const Alert& alert : alerts)
        add(alert);
    removeDoubted();
}

void AlertsModel::doubtAll()
{
    for (const Alert& alert : std::as_const(m_alerts))
        m_doubted.insert(alert.id);
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
