#pragma once

#include <QFrame>

class QButtonGroup;

namespace prism::ui {

/// A part of the settings page.
enum class Section { General, Access, Audit };

/// Which part of the settings page is shown.
class SectionBar : public QFrame
{
    Q_OBJECT

public:
    explicit SectionBar(QWidget* parent = nullptr);

    Section section() const;
    void setSection(Section section);
    /// Whether what only admins see is offered.
    void setAdministrable(bool administrable);

signals:
    void chosen(prism::ui::Section section);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();

    QButtonGroup* m_buttons;
};

} // namespace prism::ui
