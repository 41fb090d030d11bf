#pragma once

#include "client/ui/theme/theme.h"

#include <QLabel>

namespace prism::ui {

/// A line of plain text in one of the theme's roles and colours; it takes on another theme by itself.
class Text : public QLabel
{
    Q_OBJECT

public:
    enum class Ink { Normal, Muted, Good, Caution, Bad, Info };

    explicit Text(TextRole role, Ink ink = Ink::Normal, QWidget* parent = nullptr);

    void setInk(Ink ink);
    Ink ink() const { return m_ink; }

    /// Cut off at the right with an ellipsis where there is no room, instead of making the window wider, but
    /// not below so many characters; the tool tip begins with the whole then.
    void setElided(bool elided, int leastCharacters = 3);
    /// Whether it is cut off now.
    bool isCut() const;

    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();

    TextRole m_role;
    Ink m_ink;
    bool m_elided = false;
    int m_leastCharacters = 3;
};

QColor colourOf(Text::Ink ink, const Theme& theme);

} // namespace prism::ui
