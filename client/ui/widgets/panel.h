#pragma once

#include <QFrame>

#include <chrono>
#include <optional>

class QVBoxLayout;
class QHBoxLayout;

namespace prism::ui {

class Text;
class Veil;

/// How far what a panel shows can be trusted.
struct Freshness
{
    bool stale = false;
    std::optional<std::chrono::milliseconds> age; ///< to be named beside the title, as nothing else tells it
    bool loading = false;                         ///< nothing is known yet, not even that there is nothing

    bool operator==(const Freshness&) const = default;
};

/// A rounded surface with a title. Panels build their content into body() and keep what they show, so that
/// retranslate() can say it again in another language. Stale content is dimmed, and an age of its own is
/// named beside the title; it is never taken away.
class Panel : public QFrame
{
    Q_OBJECT

public:
    explicit Panel(QWidget* parent = nullptr);

    QString title() const;
    void setFreshness(const Freshness& freshness);
    bool isStale() const { return m_freshness.stale; }
    /// "18 s old"; empty while it is fresh, and where something else says how old.
    QString ageText() const;

    QSize sizeHint() const override;
    /// No: words that break into lines take their room from the rest of the panel. To Qt a widget whose
    /// height depends on its width can never be lower than it would like.
    bool hasHeightForWidth() const override { return false; }

protected:
    QVBoxLayout* body() const { return m_body; }
    /// For what stands at the right of the title.
    QHBoxLayout* header() const { return m_header; }
    void setTitle(const QString& title);
    /// Whether a word stands in for the content while nothing is known of it; else the panel shows that
    /// itself.
    virtual bool isVeiledWhileLoading() const { return true; }

    /// Called once the panel is complete, and whenever language, locale or theme changed.
    virtual void retranslate() = 0;

    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showFreshness();
    void placeVeil();

    QHBoxLayout* m_header;
    QVBoxLayout* m_body;
    Text* m_title;
    Text* m_ageNote;
    QWidget* m_content;
    Text* m_loadingNote;
    Veil* m_veil;
    Freshness m_freshness;
};

} // namespace prism::ui
