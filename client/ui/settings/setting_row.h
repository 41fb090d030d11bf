#pragma once

#include <QWidget>

namespace prism::ui {

class Text;

/// One setting: what it is, what it means, and the control that sets it; what is wrong stands below.
class SettingRow : public QWidget
{
    Q_OBJECT

public:
    /// Takes the control.
    explicit SettingRow(QWidget* control, QWidget* parent = nullptr);

    void setTexts(const QString& name, const QString& hint);
    /// Empty for none.
    void setProblem(const QString& problem);
    QString problem() const;

private:
    QWidget* m_control;
    Text* m_name;
    Text* m_hint;
    Text* m_problem;
};

} // namespace prism::ui
