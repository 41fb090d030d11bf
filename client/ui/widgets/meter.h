#pragma once

#include "client/ui/theme/theme.h"

#include <QWidget>

#include <optional>

namespace prism::ui {

/// A named share of a whole: the name, the value in words, and a bar. A compact one is a single line with the
/// bar behind it. Without a share there is no bar.
class Meter : public QWidget
{
    Q_OBJECT

public:
    enum class Form { Wide, Compact };

    explicit Meter(Form form, QWidget* parent = nullptr);

    /// `share` from 0 to 1.
    void display(const QString& name, const QString& value, std::optional<double> share);

    QString name() const { return m_name; }
    QString value() const { return m_value; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void drawTexts(QPainter& painter, const QRect& line, const Theme& theme) const;

    const Form m_form;
    QString m_name;
    QString m_value;
    std::optional<double> m_share;
};

} // namespace prism::ui
