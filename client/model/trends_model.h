#pragma once

#include "client/model/latest.h"

#include <QObject>

#include <array>
#include <memory>

namespace prism::model {

/// How the numbers of the cards went over the period, as of now or of a moment. What it has stays until the
/// server says something newer; a server that does not answer is no trouble. Lives on the GUI thread.
class TrendsModel : public QObject
{
    Q_OBJECT

public:
    enum Metric { Checks, Users, CheckTime, MetricCount };

    TrendsModel(net::Api& api, const net::Options& options, QObject* parent = nullptr);

    /// To be called whenever the numbers changed; fetches at its own pace.
    void follow(protocol::Period period, std::optional<protocol::Timestamp> at = {});
    void forget();

    /// What follow() asks for.
    static QList<protocol::TrendMetric> metrics();

    /// The server says by itself how one of them went.
    void tell(const protocol::TrendReport& report);

    /// Nothing before the first answer for this period.
    std::optional<protocol::Trend> trend(Metric metric, protocol::Period period) const;

    /// All that is known.
    QList<protocol::TrendReport> reports() const;
    /// Shows what an earlier run knew, where no answer has come yet.
    void restore(const QList<protocol::TrendReport>& reports);

signals:
    void changed();

private:
    using Course = Latest<net::TrendQuestion, protocol::TrendReport>;

    void onAnswer(Metric metric, const Course::Answer& answer);

    std::array<std::unique_ptr<Course>, MetricCount> m_courses;
    std::array<std::optional<protocol::TrendReport>, MetricCount> m_known;
};

} // namespace prism::model
