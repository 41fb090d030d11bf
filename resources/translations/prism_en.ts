<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>prism::desktop::Herald</name>
    <message numerus="yes">
        <source>%Ln more alert(s) came at once. The window has them all.</source>
        <translation>
            <numerusform>%Ln more alert came at once. The window has them all.</numerusform>
            <numerusform>%Ln more alerts came at once. The window has them all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::desktop::TrayIcon</name>
    <message numerus="yes">
        <source>%Ln alert(s) that nobody has acknowledged</source>
        <translation>
            <numerusform>%Ln alert that nobody has acknowledged</numerusform>
            <numerusform>%Ln alerts that nobody has acknowledged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityPanel</name>
    <message numerus="yes">
        <source>%Ln event(s) folded</source>
        <translation>
            <numerusform>%Ln event folded</numerusform>
            <numerusform>%Ln events folded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the latest %Ln event(s) matches the filter; older ones are not looked through.</source>
        <translation>
            <numerusform>The latest event does not match the filter; older ones are not looked through.</numerusform>
            <numerusform>None of the latest %Ln events matches the filter; older ones are not looked through.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityTexts</name>
    <message numerus="yes">
        <source>%Ln violation(s)</source>
        <translation>
            <numerusform>%Ln violation</numerusform>
            <numerusform>%Ln violations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertsPanel</name>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln alert</numerusform>
            <numerusform>%Ln alerts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) that nobody has acknowledged</source>
        <translation>
            <numerusform>%Ln alert that nobody has acknowledged</numerusform>
            <numerusform>%Ln alerts that nobody has acknowledged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::RecordForm</name>
    <message numerus="yes">
        <source>At most %Ln character(s).</source>
        <translation>
            <numerusform>At most %Ln character.</numerusform>
            <numerusform>At most %Ln characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::StatusLine</name>
    <message numerus="yes">
        <source>%1: %Ln event(s) caught up</source>
        <translation>
            <numerusform>%1: %Ln event caught up</numerusform>
            <numerusform>%1: %Ln events caught up</numerusform>
        </translation>
    </message>
</context>
</TS>
