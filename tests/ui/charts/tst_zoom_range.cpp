#include "client/ui/charts/zoom_range.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <functional>

namespace tst_zoom_range {

using prism::ui::ZoomRange;
using Step = std::function<void(ZoomRange&)>;

/// Of an axis from 0 to 10, of which 2 at least are looked at.
class TestZoomRange : public QObject
{
    Q_OBJECT

private slots:
    void part_isWhatWasAskedFor_data()
    {
        QTest::addColumn<Step>("step");
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        const auto row = [](const char* name, const Step& step, double from, double to) {
            QTest::newRow(name) << step << from << to;
        };
        row(
            "whole", [](ZoomRange&) {}, 0, 10);
        row(
            "a part", [](ZoomRange& r) { r.show(3, 7); }, 3, 7);
        row(
            "from right to left", [](ZoomRange& r) { r.show(7, 3); }, 3, 7);
        row(
            "over the right end", [](ZoomRange& r) { r.show(8, 14); }, 4, 10);
        row(
            "over the left end", [](ZoomRange& r) { r.show(-4, 2); }, 0, 6);
        row(
            "too narrow", [](ZoomRange& r) { r.show(5, 5); }, 4, 6);
        row(
            "too narrow, at the right", [](ZoomRange& r) { r.show(10, 10); }, 8, 10);
        row(
            "closer at the middle", [](ZoomRange& r) { r.zoom(5, 0.5); }, 2.5, 7.5);
        row(
            "closer at the right", [](ZoomRange& r) { r.zoom(10, 0.5); }, 5, 10);
        row(
            "closer near the right", [](ZoomRange& r) { r.zoom(8, 0.5); }, 4, 9);
        row(
            "as close as may be", [](ZoomRange& r) { r.zoom(10, 0.01); }, 8, 10);
        row(
            "farther again", [](ZoomRange& r) { r.show(6, 10), r.zoom(10, 1.5); }, 4, 10);
        row(
            "farther over both ends", [](ZoomRange& r) { r.show(6, 10), r.zoom(8, 9); }, 0, 10);
        row(
            "to the right, as little as needed", [](ZoomRange& r) { r.show(2, 5), r.reveal(6); }, 3, 6);
        row(
            "to the right end", [](ZoomRange& r) { r.show(2, 5), r.reveal(10); }, 7, 10);
        row(
            "to the left, as little as needed", [](ZoomRange& r) { r.show(5, 8), r.reveal(4); }, 4, 7);
        row(
            "to what is seen", [](ZoomRange& r) { r.show(5, 8), r.reveal(8); }, 5, 8);
        row(
            "a longer whole", [](ZoomRange& r) { r.show(5, 8), r.setWhole(0, 20, 2); }, 5, 8);
        row(
            "a shorter whole", [](ZoomRange& r) { r.show(5, 8), r.setWhole(0, 7, 2); }, 4, 7);
        row(
            "another whole", [](ZoomRange& r) { r.setWhole(0, 20, 2); }, 0, 20);
    }

    void part_isWhatWasAskedFor()
    {
        QFETCH(const Step, step);
        QFETCH(const double, from);
        QFETCH(const double, to);
        ZoomRange range(0, 10, 2);
        step(range);
        QCOMPARE(range.from(), from);
        QCOMPARE(range.to(), to);
        QCOMPARE(range.isZoomed(), to - from < (to > 10 ? 20 : 10));
    }

    /// Whatever the numbers round to.
    void part_atTheRight_staysWithinTheWhole()
    {
        for (int buckets = 2; buckets < 100; ++buckets) {
            ZoomRange range(-0.2, buckets + 0.2, 2);
            for (int i = 0; i < 6; ++i) {
                range.zoom(range.to(), 0.8);
                QVERIFY(range.from() >= -0.2 && range.to() <= buckets + 0.2 + 1e-12);
            }
            for (int i = 0; i < 8; ++i)
                range.zoom(range.to(), 1.25);
            QVERIFY2(!range.isZoomed(), qPrintable(QString::number(buckets)));
        }
    }
};

PRISM_APPLESS_TEST(TestZoomRange)

} // namespace tst_zoom_range

#include "tst_zoom_range.moc"
