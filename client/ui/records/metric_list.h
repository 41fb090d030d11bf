#pragma once

#include <QListWidget>

namespace prism::ui {

/// The metrics there are, each of which can be chosen. What this dashboard does not know and a record asks
/// for is offered as well.
class MetricList : public QListWidget
{
    Q_OBJECT

public:
    explicit MetricList(QWidget* parent = nullptr);

    void setMetrics(const QStringList& metrics);
    /// In the order in which they were set, as long as they are the same.
    QStringList metrics() const;
    void retranslate();

private:
    QStringList m_given;
};

} // namespace prism::ui
