<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>prism::net::ApiClient</name>
    <message>
        <source>The server did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server answered more than this dashboard takes in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server at %1 cannot be reached (%2).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityPanel</name>
    <message>
        <source>Activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrospectives</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show activity of type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limits the table to one type of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter activity by text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limits the table to rows that contain the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrospective</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record created</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s) shown together</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>They came faster than a screen can show them one by one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy selected rows</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityTexts</name>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PASS</source>
        <comment>status of a check</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WARNING</source>
        <comment>status of a check</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BLOCKED</source>
        <comment>status of a check</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>INFO</source>
        <comment>status of what is not a check</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrospective</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no violations</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln violation(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertDelegate</name>
    <message>
        <source>HIGH</source>
        <comment>severity of an alert</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MEDIUM</source>
        <comment>severity of an alert</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LOW</source>
        <comment>severity of an alert</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertsPanel</name>
    <message>
        <source>Alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the server raises appears here at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::CheckTimePanel</name>
    <message>
        <source>Check time (ms)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt; %1</source>
        <comment>milliseconds</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≥ %1</source>
        <comment>milliseconds</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::ConnectionBadge</name>
    <message>
        <source>connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>polling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>live, %1 behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>polling: the server refuses to push to this dashboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>polling, %1 old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline since %1, retrying…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline since %1, retrying in %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tries to reach the server at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::Format</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HH:mm</source>
        <comment>a time of day, as QLocale::toString reads it</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HH:mm:ss</source>
        <comment>a time of today, as QLocale::toString reads it</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM HH:mm:ss</source>
        <comment>date and time, as QLocale::toString reads it</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::HeaderBar</name>
    <message>
        <source>Refresh (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetches everything that is shown anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language of this window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::MainWindow</name>
    <message>
        <source>%1 (%2) – PRISM Gateway</source>
        <comment>server, state of the connection</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::Panel</name>
    <message>
        <source>%1 old</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::PercentileChart</name>
    <message>
        <source>average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No check was timed in this period.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average %1, half of the checks within %2, 95% within %3, 99% within %4.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::PeriodSelector</name>
    <message>
        <source>Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since midnight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today and the 6 days before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today and the 29 days before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today and the 364 days before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything there is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Period: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::QualityPanel</name>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Violation rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>False positives</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top violated principles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None violated in this period.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::StatCard</name>
    <message>
        <source>Total checks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Violations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average check time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all there is, nothing to compare with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing to compare with yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::StatusLine</name>
    <message>
        <source>The server cannot be reached right now. What is shown stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not allow this dashboard to read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s answer could not be understood. Is this a PRISM server?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server answered with an error (%1): %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>complete since %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1–%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln event(s) caught up</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1: everything was loaded anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No event is missing since then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interruptions:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Completeness</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::TrendChart</name>
    <message>
        <source>No trend yet: nothing happened in this period.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Violations over time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HH:mm</source>
        <comment>an hour on the time axis, as QLocale::toString reads it</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MMM yyyy</source>
        <comment>a month on the time axis</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a day on the time axis</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing happened in this period.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rising.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falling.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 violations in all, at most %2 (%3).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latest: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands out: from %1 to %2 (%3).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::TrendPanel</name>
    <message>
        <source>violations per hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>violations per week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>violations per month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>violations per day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Violations trend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rising</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>falling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>still running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>prism::ui::UsagePanel</name>
    <message>
        <source>Usage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrospectives</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Success rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users per day</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
