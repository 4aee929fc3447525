/**
 * IAM prefix -> services as CloudTrail's eventSource names them, where they differ. A prefix not here is its own source.
 *
 * Seen in records or AWS pages: monitoring (vendored Stratus logs), tagging, rdsdata (recorded events),
 * servicecatalog-appregistry (vendored logs), lex and ses (EventBridge reference), fabric (EventBridge reference).
 * From memory, and therefore listed beside the prefix itself and not instead of it: all others.
 */
export const EVENT_SOURCES: Readonly<Record<string, readonly string[]>> = {
  appfabric: ['appfabric', 'fabric'],
  'application-autoscaling': ['application-autoscaling', 'autoscaling'],
  'autoscaling-plans': ['autoscaling-plans', 'autoscaling'],
  'aws-marketplace': ['aws-marketplace', 'marketplacecatalog'],
  'aws-portal': ['aws-portal', 'billingconsole'],
  cloudwatch: ['monitoring'],
  'identitystore-auth': ['identitystore', 'identitystore-auth'],
  lex: ['lex', 'lexv2'],
  mobiletargeting: ['mobiletargeting', 'pinpoint'],
  'rds-data': ['rdsdata', 'rds-data'],
  servicecatalog: ['servicecatalog', 'servicecatalog-appregistry'],
  ses: ['ses', 'email'],
  sso: ['sso', 'singlesignon'],
  'sso-oauth': ['sso-oauth', 'sso'],
  tag: ['tagging'],
};

/**
 * IAM action -> the event names CloudTrail logs for calls it authorises, where they differ. The IAM
 * name stays in the table too: some are events as well (GetObject), the others do no harm.
 * s3:ListBuckets, kms:ReEncrypt, lambda:Invoke and the s3 Bucket* names are seen in records; the rest is from memory
 * of the S3 and KMS user guides.
 */
export const EVENT_NAMES: Readonly<Record<string, readonly string[]>> = {
  'kms:ReEncryptFrom': ['ReEncrypt'],
  'lambda:InvokeFunction': ['Invoke'],
  's3:CreateJob': ['JobCreated'],
  's3:GetAccountPublicAccessBlock': ['GetPublicAccessBlock'],
  's3:GetAnalyticsConfiguration': [
    'GetBucketAnalyticsConfiguration',
    'ListBucketAnalyticsConfigurations',
  ],
  's3:GetBucketCORS': ['GetBucketCors'],
  's3:GetEncryptionConfiguration': ['GetBucketEncryption'],
  's3:GetIntelligentTieringConfiguration': [
    'GetBucketIntelligentTieringConfiguration',
    'ListBucketIntelligentTieringConfigurations',
  ],
  's3:GetInventoryConfiguration': [
    'GetBucketInventoryConfiguration',
    'ListBucketInventoryConfigurations',
  ],
  's3:GetLifecycleConfiguration': ['GetBucketLifecycle', 'GetBucketLifecycleConfiguration'],
  's3:GetMetricsConfiguration': [
    'GetBucketMetricsConfiguration',
    'ListBucketMetricsConfigurations',
  ],
  's3:GetObject': ['SelectObjectContent'],
  's3:GetReplicationConfiguration': ['GetBucketReplication'],
  's3:ListAllMyBuckets': ['ListBuckets', 'ListDirectoryBuckets'],
  's3:ListBucket': ['HeadBucket', 'HeadObject', 'ListObjects', 'ListObjectsV2'],
  's3:ListBucketMultipartUploads': ['ListMultipartUploads'],
  's3:ListBucketVersions': ['ListObjectVersions'],
  's3:ListMultipartUploadParts': ['ListParts'],
  's3:PutAnalyticsConfiguration': [
    'PutBucketAnalyticsConfiguration',
    'DeleteBucketAnalyticsConfiguration',
  ],
  's3:PutBucketCORS': ['PutBucketCors', 'DeleteBucketCors'],
  's3:PutBucketObjectLockConfiguration': ['PutObjectLockConfiguration'],
  's3:PutBucketPublicAccessBlock': [
    'DeleteBucketPublicAccessBlock',
    'PutPublicAccessBlock',
    'DeletePublicAccessBlock',
  ],
  's3:PutAccountPublicAccessBlock': ['DeleteAccountPublicAccessBlock'],
  's3:PutBucketOwnershipControls': ['DeleteBucketOwnershipControls'],
  's3:PutBucketTagging': ['DeleteBucketTagging'],
  's3:PutEncryptionConfiguration': ['PutBucketEncryption', 'DeleteBucketEncryption'],
  's3:PutIntelligentTieringConfiguration': [
    'PutBucketIntelligentTieringConfiguration',
    'DeleteBucketIntelligentTieringConfiguration',
  ],
  's3:PutInventoryConfiguration': [
    'PutBucketInventoryConfiguration',
    'DeleteBucketInventoryConfiguration',
  ],
  's3:PutLifecycleConfiguration': [
    'PutBucketLifecycle',
    'PutBucketLifecycleConfiguration',
    'DeleteBucketLifecycle',
  ],
  's3:PutMetricsConfiguration': [
    'PutBucketMetricsConfiguration',
    'DeleteBucketMetricsConfiguration',
  ],
  's3:PutObject': [
    'CompleteMultipartUpload',
    'CopyObject',
    'CreateMultipartUpload',
    'PostObject',
    'UploadPart',
    'UploadPartCopy',
  ],
  's3:PutReplicationConfiguration': ['PutBucketReplication', 'DeleteBucketReplication'],
  's3:DeleteObject': ['DeleteObjects'],
};

/**
 * Events of calls that IAM has no action for: the API Gateway control plane (IAM knows its HTTP verbs
 * only), sign-in, service events, data planes. From memory except those seen in the vendored logs.
 */
export const OTHER_EVENTS: Readonly<Record<string, string>> = {
  apigateway:
    'CreateApi CreateApiKey CreateApiMapping CreateAuthorizer CreateBasePathMapping CreateDeployment CreateDocumentationPart CreateDomainName CreateIntegration CreateIntegrationResponse CreateModel CreateRequestValidator CreateResource CreateRestApi CreateRoute CreateRouteResponse CreateStage CreateUsagePlan CreateUsagePlanKey CreateVpcLink DeleteApi DeleteApiKey DeleteAuthorizer DeleteBasePathMapping DeleteDeployment DeleteDomainName DeleteIntegration DeleteMethod DeleteModel DeleteResource DeleteRestApi DeleteRoute DeleteStage DeleteUsagePlan DeleteVpcLink ExportApi FlushStageCache GenerateClientCertificate GetAccount GetApi GetApiKey GetApiKeys GetApis GetAuthorizer GetAuthorizers GetDeployment GetDeployments GetDomainName GetDomainNames GetExport GetIntegration GetIntegrations GetMethod GetModels GetResource GetResources GetRestApi GetRestApis GetRoutes GetSdk GetStage GetStages GetTags GetUsage GetUsagePlan GetUsagePlans GetVpcLinks ImportApi ImportApiKeys ImportRestApi PutIntegration PutIntegrationResponse PutMethod PutMethodResponse PutRestApi ReimportApi TagResource TestInvokeAuthorizer TestInvokeMethod UntagResource UpdateAccount UpdateApi UpdateApiKey UpdateAuthorizer UpdateBasePathMapping UpdateDeployment UpdateDomainName UpdateIntegration UpdateMethod UpdateModel UpdateResource UpdateRestApi UpdateRoute UpdateStage UpdateUsagePlan UpdateVpcLink',
  'aws-mcp': 'CallReadOnlyTool CallReadWriteTool',
  cloudcontrolapi:
    'CancelResourceRequest CreateResource DeleteResource GetResource GetResourceRequestStatus ListResourceRequests ListResources UpdateResource',
  bedrock: 'Converse ConverseStream InvokeModelWithBidirectionalStream StartAsyncInvoke',
  cloudtrail: 'AwsCloudTrailInsight',
  dynamodb:
    'BatchExecuteStatement ExecuteStatement ExecuteTransaction TransactGetItems TransactWriteItems',
  ec2: 'SharedSnapshotCopyInitiated SharedSnapshotVolumeCreated',
  kms: 'DeleteKey RotateKey',
  lambda: 'InvokeWithResponseStream',
  rolesanywhere: 'CreateSession',
  s3: 'GetStorageLensDashboardDataInternal OptionsObject RenameObject',
  s3express:
    'AbortMultipartUpload CompleteMultipartUpload CopyObject CreateMultipartUpload DeleteObject DeleteObjects GetObject HeadBucket HeadObject ListMultipartUploads ListObjectsV2 ListParts PutObject RenameObject UploadPart UploadPartCopy',
  secretsmanager: 'CancelSecretVersionDelete EndSecretVersionDelete StartSecretVersionDelete',
  signin:
    'CheckMfa ConsoleLogin CredentialChallenge CredentialVerification EmailUpdated ExitRole GetSigninToken PasswordRecoveryCompleted PasswordRecoveryRequested PasswordUpdated RenewRole SwitchRole UserAuthentication',
  sns: 'PublishBatch',
  sqs: 'ChangeMessageVisibilityBatch DeleteMessageBatch SendMessageBatch',
  sso: 'Authenticate CreateToken Federate GetRoleCredentials ListAccountRoles ListAccounts Logout RegisterClient StartDeviceAuthorization',
};
