@_exported public import HTTPMessaging
