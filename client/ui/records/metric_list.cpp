#include "client/ui/records/metric_list.h"

#include "client/model/record_run.h"
#include "client/ui/widgets/terms.h"

#include <QSet>

namespace prism::ui {

MetricList::MetricList(QWidget* parent)
    : QListWidget(parent)
{
    setMinimumHeight(fontMetrics().height() * 8);
    setProperty("framed", true);
}

void MetricList::setMetrics(const QStringList& metrics)
{
    m_given = metrics;
    clear();
    QStringList names = model::recordMetrics();
    for (const QString& name : metrics) {
        if (!names.contains(name))
            names.append(name);
    }
    for (const QString& name : std::as_const(names)) {
        auto* item = new QListWidgetItem(Terms::metric(name), this);
        item->setData(Qt::UserRole, name);
        item->setCheckState(metrics.contains(name) ? Qt::Checked : Qt::Unchecked);
    }
    setCurrentRow(0);
}

QStringList MetricList::metrics() const
{
    QStringList chosen;
    for (int row = 0; row < count(); ++row) {
        if (item(row)->checkState() == Qt::Checked)
            chosen.append(item(row)->data(Qt::UserRole).toString());
    }
    // In another order they are the same metrics.
    return QSet(chosen.begin(), chosen.end()) == QSet(m_given.begin(), m_given.end()) ? m_given : chosen;
}

void MetricList::retranslate()
{
    for (int row = 0; row < count(); ++row)
        item(row)->setText(Terms::metric(item(row)->data(Qt::UserRole).toString()));
}

} // namespace prism::ui
