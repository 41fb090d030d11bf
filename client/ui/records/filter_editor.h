#pragma once

#include <QJsonObject>
#include <QWidget>

class QLineEdit;

namespace prism::ui {

class Text;

/// What a record is narrowed down to: for each thing that can be filtered by, the texts that count, parted by
/// commas. A filter that this dashboard does not know stays as it is.
class FilterEditor : public QWidget
{
    Q_OBJECT

public:
    explicit FilterEditor(QWidget* parent = nullptr);

    void setFilters(const QJsonObject& filters);
    QJsonObject filters() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row
    {
        QString name; ///< on the wire
        Text* label;
        QLineEdit* texts;
        QJsonValue value = QJsonValue::Undefined; ///< on the wire
    };

    void read(Row& row);
    void retranslate();

    QList<Row> m_rows;
    QJsonObject m_given;
};

} // namespace prism::ui
