#pragma once

#include "client/ui/application/appearance.h"
#include "tests/ui/window/stubbed_window.h"

#include <QFont>

#include <functional>

namespace prism::model {
class ProfileStore;
}

namespace prism::gallery {

enum class Amount;

/// The real window on a stub of the server with made-up data, brought into one of the states in which a
/// person may find it, by what a person and a server do. Lives on the main thread, and spins its event loop.
class RealWindow final : private test::StubbedWindow
{
public:
    /// The names of all there are.
    static QStringList states();

    RealWindow(const QString& state, const QLocale& language, bool dark);
    ~RealWindow() override;

    /// What did not come about; empty: the window is in its state.
    const QString& missed() const { return m_missed; }

    /// What there is to look at: the window, or what has opened above it.
    QWidget& shown() const;
    /// The window at this size. What has a size of its own keeps it: a dialog, a menu, a wall.
    void show(const QSize& size);
    bool hasOwnSize() const;

    void setLanguage(const QLocale& language);
    void setDark(bool dark);

private:
    struct State
    {
        QString name;
        std::function<void(RealWindow&)> act = {};
        std::function<void(RealWindow&)> prepare = {}; ///< before anything is asked
        bool isLive = true;                            ///< it is waited for
    };
    static QList<State> dashboards();
    static QList<State> whatOpens();
    static QList<State> otherPages();
    static QList<State> signIns();
    static QList<State> administrations();
    static QList<State> all()
    {
        return dashboards() + whatOpens() + otherPages() + signIns() + administrations();
    }
    void begin(const State& state);

    std::optional<test::StubAnswer> answer(const test::StubRequest& request) const override;
    protocol::Dashboard numbers(protocol::Period period) const override;
    protocol::Trend course(const QString& metric) const override;

    // What a person or the server does.
    void await(const char* what, const std::function<bool()>& condition);
    void press(const char* name);
    template <typename Widget>
    Widget* find(const char* name) const
    {
        return m_window->findChild<Widget*>(QLatin1String(name));
    }
    void choose(protocol::Period period);
    void loseSessions();
    void loseServer();
    void goBack();
    void openCalendar();
    void putOnWall();
    void openServers();
    void showRecords();
    void editRecord();
    void beginConflict();
    void showSettings();
    void refuseSettings();
    void signInAs(protocol::Role role);
    void awaitSignedOut();
    void openSignIn();
    void askForCode();
    void showSection(const char* button);
    std::optional<test::StubAnswer> administrationAnswer(const test::StubRequest& request) const;
    std::optional<test::StubAnswer> pairingAnswer(const test::StubRequest& request) const;
    void showCertificate(bool pinned);

    Amount m_amount;
    bool m_answers = true;  ///< false: says nothing at all
    bool m_fails = false;   ///< answers that it failed
    bool m_refuses = false; ///< answers that it does not know who asks
    std::chrono::milliseconds m_codeLife{std::chrono::minutes(10)};
    bool m_hasPlaces = true;              ///< false: too many wait to be let in
    std::optional<protocol::Role> m_role; ///< of whoever asks
    const QFont m_usualFont;
    QString m_missed;
    std::unique_ptr<ui::Appearance> m_appearance;
    std::unique_ptr<model::ProfileStore> m_profiles;
};

} // namespace prism::gallery
