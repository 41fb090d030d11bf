#include "tests/gallery/pictures.h"

#include "client/ui/application/language.h"
#include "tests/gallery/real_window.h"
#include "tests/gallery/scenes.h"
#include "tests/gallery/stage.h"

#include <QCoreApplication>
#include <QDir>
#include <QPixmap>

#include <algorithm>

namespace prism::gallery {

namespace {

QString lookOf(const QLocale& language, bool dark)
{
    return ui::Language::codeOf(language) + (dark ? QLatin1String("-dark") : QLatin1String("-light"));
}

bool writeScene(const Scene& scene, const QString& path)
{
    Stage stage(scene.make().release());
    stage.resize(scene.size);
    stage.show();
    QCoreApplication::processEvents(); // layouts and posted palettes
    QCoreApplication::processEvents();
    return stage.grab().save(path);
}

bool writeSizes(RealWindow& window, const PictureOptions& options, const QString& state, const QString& look)
{
    const QList<QSize> sizes = window.hasOwnSize() ? QList{window.shown().size()} : options.sizes;
    return std::ranges::all_of(sizes, [&](const QSize& size) {
        window.show(size);
        const QString name =
            QStringLiteral("%1-%2x%3-%4.png").arg(state).arg(size.width()).arg(size.height()).arg(look);
        return window.shown().grab().save(QDir(options.folder).filePath(name));
    });
}

bool writeWindow(const QString& state, const PictureOptions& options, const QLocale& language, bool dark)
{
    RealWindow window(state, language, dark);
    if (!window.missed().isEmpty()) {
        qWarning().noquote() << state << "waits in vain for" << window.missed();
        return false;
    }
    if (!writeSizes(window, options, state, lookOf(language, dark)))
        return false;
    window.setDark(!dark);
    return !options.dark.contains(!dark) ||
           writeSizes(window, options, state, lookOf(language, !dark) + QLatin1String("-switched"));
}

} // namespace

bool writePictures(const PictureOptions& options, ui::Language& language)
{
    if (!QDir().mkpath(options.folder))
        return false;
    const QList<Scene> all = scenes();
    const QStringList states = RealWindow::states().filter(options.only);
    bool isComplete = true;
    for (const bool dark : options.dark) {
        for (const QLocale& locale : options.languages) {
            language.set(locale);
            choosePalette(dark);
            for (const Scene& scene : all) {
                const QString name = QStringLiteral("%1-%2.png").arg(scene.name, lookOf(locale, dark));
                if (scene.name.contains(options.only))
                    isComplete &= writeScene(scene, QDir(options.folder).filePath(name));
            }
            for (const QString& state : states)
                isComplete &= writeWindow(state, options, locale, dark);
        }
    }
    return isComplete;
}

} // namespace prism::gallery
