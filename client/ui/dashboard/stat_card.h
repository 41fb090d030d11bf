#pragma once

#include "client/ui/theme/theme.h"
#include "client/ui/widgets/panel.h"
#include "shared/protocol/dashboard.h"

namespace prism::ui {

class Sparkline;

/// The value of one card and what it is compared with.
struct Stat
{
    std::optional<double> value;
    std::optional<protocol::Change> change; ///< nothing when there is no earlier period

    bool operator==(const Stat&) const = default;
};

/// One number that matters, large, with its change against the span before, which is named: signed, in words,
/// and coloured where it is said to be better or worse. Nothing else has a colour.
class StatCard : public Panel
{
    Q_OBJECT

public:
    enum class Kind { TotalChecks, Violations, ActiveUsers, AverageCheckTime };

    explicit StatCard(Kind kind, QWidget* parent = nullptr);

    void display(const Stat& stat);
    /// How it went, drawn small. Without points there is none.
    void displayTrend(const protocol::Trend& trend);

    QString valueText() const;
    QString changeText() const;
    Sparkline* sparkline() const { return m_sparkline; }
    /// The colour of the change.
    Tone changeTone() const { return m_tone; }

protected:
    bool isVeiledWhileLoading() const override { return false; } // it shows a dash
    void retranslate() override;

private:
    QString titleText() const;
    QString amount(double value) const;
    QString signedSize(const protocol::Change& change) const;
    void showChange();
    void showDetails();

    const Kind m_kind;
    std::optional<Stat> m_stat; ///< nothing before the first numbers
    Tone m_tone;
    Text* m_value;
    Text* m_change;
    Text* m_span;
    Sparkline* m_sparkline;
    protocol::Trend m_trend;
};

} // namespace prism::ui
