#include "client/model/alerts_model.h"

#include <QDateTime>

#include <algorithm>

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
    default:
        return {};
    }
}

QHash<int, QByteArray> AlertsModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{IdRole, "id"},
                  {MessageRole, "message"},
                  {SeverityRole, "severity"},
                  {MetricRole, "metric"},
                  {ValueRole, "value"},
                  {ExpectedRole, "expected"},
                  {TimeRole, "time"}});
    return names;
}

void AlertsModel::add(const Alert& alert)
{
    const auto known = std::find_if(m_alerts.begin(), m_alerts.end(),
                                    [&](const Alert& other) { return other.id == alert.id; });
    if (known != m_alerts.end()) {
        if (*known == alert)
            return;
        const int row = static_cast<int>(known - m_alerts.begin());
        *known = alert;
        emit dataChanged(index(row), index(row));
        return;
    }
    const auto place = std::find_if(m_alerts.begin(), m_alerts.end(),
                                    [&](const Alert& other) { return other.time <= alert.time; });
    const int row = static_cast<int>(place - m_alerts.begin());
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

void AlertsModel::merge(const QJsonArray& alerts)
{
    for (const auto& json : alerts) {
        if (const auto alert = Alert::fromJson(json.toObject()))
            add(*alert);
    }
}

void AlertsModel::clear()
{
    if (m_alerts.isEmpty())
        return;
    beginResetModel();
    m_alerts.clear();
    endResetModel();
}

} // namespace prism::model
