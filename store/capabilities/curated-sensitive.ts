import type { SensitiveCapability } from './classes.ts';

/**
 * Decisions by hand for the sensitive classes: capability, then service, then event names. Sources: what
 * attackers were seen to use (TrailDiscover, Stratus Red Team), and what each call hands to whom.
 */
export const CURATED_SENSITIVE: Readonly<
  Record<SensitiveCapability, Readonly<Record<string, string>>>
> = {
  // A copy of the data comes to be outside the service that guards it, or where other rules guard it.
  export: {
    appflow: 'StartFlow',
    backup: 'StartBackupJob StartCopyJob StartRestoreJob',
    cloudshell: 'GetFileDownloadUrls',
    datasync: 'StartTaskExecution',
    dms: 'StartDataMigration StartReplication StartReplicationTask',
    dynamodb:
      'CreateBackup EnableKinesisStreamingDestination ExportTableToPointInTime RestoreTableFromBackup RestoreTableToPointInTime',
    ebs: 'GetSnapshotBlock',
    ec2: 'CopyImage CopySnapshot CreateImage CreateInstanceExportTask CreateSnapshot CreateSnapshots CreateStoreImageTask CreateTrafficMirrorSession ExportImage SharedSnapshotCopyInitiated SharedSnapshotVolumeCreated',
    ecr: 'PutReplicationConfiguration',
    // Key material that leaves its region.
    kms: 'ReplicateKey',
    logs: 'CreateExportTask PutSubscriptionFilter',
    quicksight: 'StartDashboardSnapshotJob',
    rds: 'CopyDBClusterSnapshot CopyDBSnapshot CreateDBClusterSnapshot CreateDBInstanceReadReplica CreateDBSnapshot CreateIntegration RestoreDBClusterFromSnapshot RestoreDBClusterToPointInTime RestoreDBInstanceFromDBSnapshot RestoreDBInstanceToPointInTime StartDBInstanceAutomatedBackupsReplication StartExportTask',
    redshift:
      'CopyClusterSnapshot CreateClusterSnapshot EnableSnapshotCopy RestoreFromClusterSnapshot',
    'redshift-serverless':
      'ConvertRecoveryPointToSnapshot CreateSnapshot CreateSnapshotCopyConfiguration',
    // S3 Batch Operations copy a bucket in one call; JobCreated is what the trail shows.
    s3: 'CreateJob JobCreated PutBucketReplication',
    secretsmanager: 'ReplicateSecretToRegions',
    storagegateway: 'CreateSnapshotFromVolumeRecoveryPoint',
    timestream: 'Unload',
    transfer: 'StartFileTransfer',
  },

  share: {
    'acm-pca': 'PutPolicy',
    apigateway: 'UpdateRestApiPolicy',
    appstream: 'UpdateImagePermissions',
    backup: 'PutBackupVaultAccessPolicy PutBackupVaultSharingPolicy',
    cloudfront: 'PutResourcePolicy',
    cloudsearch: 'UpdateServiceAccessPolicies',
    codeartifact: 'PutDomainPermissionsPolicy PutRepositoryPermissionsPolicy',
    codebuild: 'UpdateProjectVisibility',
    dataexchange: 'CreateDataGrant PublishToDataGrant',
    ec2: 'CreateNetworkInterfacePermission ModifyImageAttribute ModifySnapshotAttribute ModifyVpcEndpointServicePermissions',
    ecr: 'SetRepositoryPolicy',
    kms: 'PutKeyPolicy',
    // A function URL may be open to the world.
    lambda: 'AddPermission CreateFunctionUrlConfig UpdateFunctionUrlConfig',
    lightsail: 'SetResourceAccessForBucket UpdateBucket',
    mediaconnect: 'GrantFlowEntitlements',
    ram: 'AssociateResourceShare CreatePermissionVersion CreateResourceShare PromoteResourceShareCreatedFromPolicy ReplacePermissionAssociations SetDefaultPermissionVersion',
    rds: 'ModifyDBClusterSnapshotAttribute ModifyDBSnapshotAttribute',
    redshift: 'AuthorizeDataShare AuthorizeSnapshotAccess',
    rekognition: 'PutProjectPolicy',
    route53domains: 'TransferDomainToAnotherAwsAccount',
    route53profiles: 'PutProfilePolicy',
    route53resolver: 'PutResolverQueryLogConfigPolicy',
    s3: 'PutAccessPointPolicy PutAccessPointPolicyForObjectLambda PutBucketAcl PutBucketPolicy PutObjectAcl',
    secretsmanager: 'PutResourcePolicy',
    serverlessrepo: 'PutApplicationPolicy',
    // The subscriber may be any address on the internet; SetTopicAttributes and SetQueueAttributes set the policy.
    sns: 'AddPermission SetTopicAttributes Subscribe',
    sqs: 'AddPermission SetQueueAttributes',
    ssm: 'ModifyDocumentPermission',
    // An SFTP door to a bucket.
    transfer: 'CreateServer CreateWebApp',
    workspaces: 'UpdateWorkspaceImagePermission',
  },

  credential: {
    account: 'AcceptPrimaryEmailUpdate StartPrimaryEmailUpdate',
    acm: 'ExportCertificate',
    'acm-pca': 'IssueCertificate',
    appsync: 'CreateApiKey UpdateApiKey',
    'bedrock-agentcore': 'CompleteResourceTokenAuth GetResourceApiKey GetResourceOauth2Token',
    codeartifact: 'GetAuthorizationToken',
    'cognito-identity':
      'GetCredentialsForIdentity GetOpenIdToken GetOpenIdTokenForDeveloperIdentity',
    'cognito-idp':
      'AdminInitiateAuth AdminResetUserPassword AdminRespondToAuthChallenge AdminSetUserPassword CreateUserPoolClient UpdateUserPoolClient',
    ec2: 'CreateKeyPair GetPasswordData ImportKeyPair',
    'ec2-instance-connect': 'SendSSHPublicKey SendSerialConsoleSSHPublicKey',
    ecr: 'GetAuthorizationToken',
    elasticache: 'ModifyUser',
    iam: 'ChangePassword CreateAccessKey CreateLoginProfile CreateServiceSpecificCredential CreateVirtualMFADevice DeleteAccessKey DeleteLoginProfile DeleteSSHPublicKey DeleteServiceSpecificCredential DeleteSigningCertificate EnableMFADevice ResetServiceSpecificCredential ResyncMFADevice UpdateAccessKey UpdateLoginProfile UpdateSSHPublicKey UpdateServiceSpecificCredential UpdateSigningCertificate UploadSSHPublicKey UploadServerCertificate UploadSigningCertificate',
    iot: 'CreateCertificateFromCsr CreateKeysAndCertificate CreateProvisioningClaim RegisterCertificate RegisterCertificateWithoutCA',
    kafka: 'BatchAssociateScramSecret',
    'license-manager': 'CreateToken',
    lightsail:
      'CreateBucketAccessKey DownloadDefaultKeyPair GetInstanceAccessDetails GetRelationalDatabaseMasterUserPassword',
    opsworks: 'GrantAccess',
    'payment-cryptography': 'ExportKey',
    redshift: 'GetClusterCredentials GetClusterCredentialsWithIAM GetIdentityCenterAuthToken',
    'redshift-serverless': 'GetCredentials',
    route53domains: 'RetrieveDomainAuthCode',
    s3: 'GetDataAccess',
    // Whoever writes a secret decides what others log in with.
    secretsmanager:
      'BatchGetSecretValue GetSecretValue PutSecretValue RotateSecret UpdateSecret UpdateSecretVersionStage',
    // A console session made out of an API session outlives the task and the trail of its key.
    signin: 'EmailUpdated GetSigninToken PasswordRecoveryCompleted PasswordUpdated',
    // The trail shows the same call for a plain parameter and for a SecureString: the secret decides.
    // An activation lets a machine from outside in.
    ssm: 'CreateActivation GetAccessToken GetParameter GetParameterHistory GetParameters GetParametersByPath',
    sso: 'CreateTokenWithIAM',
    'sso-directory': 'UpdatePassword',
    'sso-oauth': 'CreateTokenWithIAM',
    // A role's session cannot call GetSessionToken, so it is never an agent's routine, as AssumeRole is.
    sts: 'GetDelegatedAccessToken GetFederationToken GetSessionToken GetWebIdentityToken',
    transfer: 'ImportSshPublicKey',
    workmail: 'AssumeImpersonationRole',
  },

  privilege: {
    'bedrock-agentcore': 'CreateWorkloadIdentity UpdateWorkloadIdentity',
    cloud9:
      'CreateEnvironmentMembership ModifyTemporaryCredentialsOnEnvironmentEC2 UpdateEnvironmentMembership',
    codecatalyst: 'AssociateIamRoleToConnection',
    'cognito-identity': 'SetIdentityPoolRoles SetPrincipalTagAttributeMap UpdateIdentityPool',
    'cognito-idp': 'AdminAddUserToGroup AdminUpdateUserAttributes',
    ds: 'AcceptSharedDirectory AddRegion CreateComputer EnableRoleAccess EnableSso',
    ec2: 'AssociateIamInstanceProfile DisassociateIamInstanceProfile EnableSerialConsoleAccess ReplaceIamInstanceProfileAssociation',
    eks: 'AssociateAccessPolicy AssociateIdentityProviderConfig CreateAccessEntry CreatePodIdentityAssociation DeletePodIdentityAssociation DisassociateIdentityProviderConfig UpdatePodIdentityAssociation',
    greengrass: 'AssociateRoleToGroup',
    // Tags are permissions where policies read aws:PrincipalTag, as this product's own do.
    iam: 'AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AttachRolePolicy CreateInstanceProfile CreateOpenIDConnectProvider CreatePolicyVersion CreateRole CreateSAMLProvider CreateServiceLinkedRole CreateUser DeleteInstanceProfile DeleteOpenIDConnectProvider DeleteRolePolicy DeleteSAMLProvider PassRole PutRolePolicy RemoveClientIDFromOpenIDConnectProvider RemoveRoleFromInstanceProfile SetDefaultPolicyVersion SetSecurityTokenServicePreferences TagRole TagUser UntagRole UntagUser UpdateAssumeRolePolicy UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateRoleDescription UpdateSAMLProvider',
    kafka: 'UpdateSecurity',
    kms: 'CreateGrant',
    lakeformation: 'PutDataLakeSettings RegisterResource',
    qldb: 'UpdateLedgerPermissionsMode',
    quicksight: 'CreateIAMPolicyAssignment UpdateIAMPolicyAssignment',
    rds: 'AddRoleToDBCluster AddRoleToDBInstance RemoveRoleFromDBCluster RemoveRoleFromDBInstance',
    redshift: 'ModifyClusterIamRoles',
    servicecatalog: 'AssociatePrincipalWithPortfolio',
    signin: 'PutResourcePermissionStatement',
    // A session as another account's root.
    sts: 'AssumeRoot',
    transfer: 'CreateAccess CreateUser UpdateAccess UpdateUser',
    workmail: 'CreateImpersonationRole PutMailboxPermissions',
  },

  evade: {
    'access-analyzer':
      'ApplyArchiveRule CreateArchiveRule UpdateAnalyzer UpdateArchiveRule UpdateFindings',
    backup: 'DeleteBackupPlan DeleteBackupSelection',
    bedrock: 'DeleteGuardrail DeleteModelInvocationLoggingConfiguration UpdateGuardrail',
    cloudformation: 'SetStackPolicy UpdateTerminationProtection',
    cloudtrail:
      'DeleteEventDataStore DeleteTrail PutEventConfiguration PutEventSelectors PutInsightSelectors StopEventDataStoreIngestion StopLogging UpdateEventDataStore UpdateTrail',
    'cognito-idp': 'AdminSetUserMFAPreference SetUserPoolMfaConfig',
    config: 'PutConfigurationRecorder PutDeliveryChannel PutRetentionConfiguration',
    dynamodb: 'UpdateContinuousBackups',
    ec2: 'DeleteFlowLogs DisableEbsEncryptionByDefault DisableImageBlockPublicAccess DisableImageDeregistrationProtection DisableSnapshotBlockPublicAccess ModifyInstanceMetadataDefaults ModifyInstanceMetadataOptions UnlockSnapshot',
    events: 'DeleteRule DisableRule RemoveTargets',
    fms: 'PutPolicy',
    glacier: 'AbortVaultLock',
    guardduty:
      'CreateFilter CreateIPSet CreateTrustedEntitySet UpdateDetector UpdateFilter UpdateIPSet UpdateMalwareScanSettings UpdateMemberDetectors UpdateOrganizationConfiguration UpdatePublishingDestination UpdateTrustedEntitySet',
    iam: 'DeactivateMFADevice DeleteAccountPasswordPolicy DeleteVirtualMFADevice UpdateAccountPasswordPolicy',
    inspector2: 'CreateFilter UpdateFilter',
    lambda: 'DeleteFunctionCodeSigningConfig PutFunctionCodeSigningConfig UpdateCodeSigningConfig',
    logs: 'DeleteAccountPolicy DeleteDelivery DeleteDeliveryDestination DeleteDeliverySource DeleteDestination DeleteLogAnomalyDetector DeleteLogGroup DeleteLogStream DeleteMetricFilter DeleteSubscriptionFilter PutAccountPolicy',
    macie2: 'CreateAllowList CreateFindingsFilter UpdateFindingsFilter UpdateMacieSession',
    monitoring: 'DeleteAlarms DisableAlarmActions SetAlarmState',
    'network-firewall': 'UpdateRuleGroup',
    organizations: 'DisablePolicyType LeaveOrganization MoveAccount RemoveAccountFromOrganization',
    rds: 'ModifyActivityStream StopActivityStream',
    route53domains: 'DisableDomainTransferLock',
    route53resolver:
      'DeleteFirewallRule DeleteFirewallRuleGroup DeleteResolverQueryLogConfig DisassociateFirewallRuleGroup DisassociateResolverQueryLogConfig UpdateFirewallConfig',
    // Suspending versions comes before deleting them; the trail names both directions alike.
    s3: 'PutBucketLogging PutBucketVersioning PutObjectLegalHold PutObjectRetention',
    securityhub: 'CreateAutomationRule UpdateSecurityHubConfiguration UpdateStandardsControl',
    waf: 'UpdateIPSet UpdateWebACL',
    'waf-regional': 'UpdateIPSet UpdateWebACL',
    wafv2: 'UpdateIPSet UpdateRuleGroup UpdateWebACL',
  },

  // What is gone costs data or an outage, and no second call brings it back.
  destroy: {
    account: 'DisableRegion',
    apprunner: 'DeleteService',
    autoscaling: 'DeleteAutoScalingGroup TerminateInstanceInAutoScalingGroup',
    backup: 'DeleteBackupVault DeleteRecoveryPoint',
    bedrock: 'DeleteAgent',
    'bedrock-agentcore': 'DeleteAgentRuntime DeleteGateway',
    cloudcontrolapi: 'DeleteResource',
    cloudformation: 'DeleteStack DeleteStackInstances DeleteStackSet',
    cloudfront: 'DeleteDistribution',
    'cognito-idp': 'DeleteUserPool',
    dynamodb: 'DeleteBackup DeleteTable DeleteTableReplica',
    ec2: 'CreateReplaceRootVolumeTask DeleteFleets DeleteSnapshot DeleteVolume DeregisterImage TerminateInstances',
    ecr: 'BatchDeleteImage DeleteRepository',
    ecs: 'DeleteCluster DeleteService',
    elasticfilesystem: 'DeleteFileSystem DeleteMountTarget',
    elasticmapreduce: 'TerminateJobFlows',
    fsx: 'DeleteStorageVirtualMachine RestoreVolumeFromSnapshot',
    kms: 'DeleteImportedKeyMaterial DeleteKey DisableKey DisconnectCustomKeyStore ScheduleKeyDeletion',
    lightsail: 'DeleteContainerService DeleteDisk',
    omics: 'DeleteReference',
    organizations: 'CloseAccount',
    quicksight: 'DeleteAccountSubscription',
    rds: 'DeleteBlueGreenDeployment DeleteDBCluster DeleteDBInstance DeleteDBShardGroup DeleteDBSnapshot DeleteGlobalCluster',
    route53: 'DeleteHostedZone',
    // A lifecycle rule empties a bucket without one delete call.
    s3: 'DeleteBucket DeleteObject DeleteObjectVersion DeleteObjects PutBucketLifecycle PutBucketLifecycleConfiguration PutLifecycleConfiguration',
    sagemaker: 'DeleteEndpoint',
    secretsmanager: 'DeleteSecret StartSecretVersionDelete',
    sqs: 'PurgeQueue',
    workspaces: 'TerminateWorkspacesPool',
  },
};
