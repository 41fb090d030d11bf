#pragma once

#include "shared/protocol/timestamp.h"

#include <QWidget>

#include <optional>

class QDateTimeEdit;
class QPushButton;
class QSlider;

namespace prism::ui {

class Text;

/// Where in time the dashboard is: a slider over the last thirty days, whose right end is live, a field for
/// any moment, and a button back. While it is not live it says so in words and in colour.
class TimeTravelBar : public QWidget
{
    Q_OBJECT

public:
    static constexpr int days = 30;
    static constexpr std::chrono::minutes step{15};

    explicit TimeTravelBar(QWidget* parent = nullptr);

    /// Does not emit. Nothing is live.
    void display(std::optional<protocol::Timestamp> at);

    /// "as of 24 Nov 2026, 14:15"
    QString text() const;

signals:
    void momentChosen(prism::protocol::Timestamp at);
    void liveChosen();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();
    void restyle();
    void placeControls();
    void onSlider(int value);
    void onField();
    /// What the slider stands for.
    protocol::Timestamp momentAt(int value) const;

    std::optional<protocol::Timestamp> m_at;
    protocol::Timestamp m_end; ///< of the slider's scale; stands still while somebody travels
    Text* m_text;
    QSlider* m_slider;
    QDateTimeEdit* m_field;
    QPushButton* m_live;
};

} // namespace prism::ui
