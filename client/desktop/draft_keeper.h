#pragma once

#include <QString>

namespace prism::ui {
class MainWindow;
}

namespace prism::desktop {

/// Keeps in a file what somebody has typed into a window and not sent away, and gives it back to the window
/// of the next run. Borrows the window. Lives on the GUI thread.
class DraftKeeper
{
public:
    static constexpr qint64 largestFile = 1024 * 1024; ///< anything larger is not ours

    DraftKeeper(const QString& file, ui::MainWindow& window);

    /// Does nothing where the file holds nothing of use, or is of another server.
    void restore();

    /// The file goes when there is nothing to keep.
    void save() const;

private:
    const QString m_file;
    ui::MainWindow& m_window;
};

} // namespace prism::desktop
